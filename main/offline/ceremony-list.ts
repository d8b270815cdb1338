import { statSync } from 'node:fs';
import { z } from 'zod';
import { custodianCeremony } from '../../shared/ceremony/custodian';
import { officerCeremony } from '../../shared/ceremony/officer';
import type { Home } from '../store/home';
import { readState } from '../store/state-file';

const offlineCeremony = z.union([officerCeremony, custodianCeremony]);
export type OfflineCeremony = z.infer<typeof offlineCeremony>;

/**
 * A ceremony whose state can't be read: a crash while it was begun, or another program's (an online
 * station's).
 */
export interface UnreadableCeremony {
  readonly id: string;
  readonly role: 'unreadable';
  readonly updatedAt: string;
}

/**
 * One ceremony of this home as it lies on disk. Throws `StoreError` where its state is damaged or no one's
 * here.
 */
export const readCeremony = (home: Home, id: string): OfflineCeremony | null =>
  readState(home.ceremony(id).state, offlineCeremony);

/** Every ceremony of this home. One that can't be read is told of, and keeps nobody from the others. */
export function listCeremonies(home: Home): (OfflineCeremony | UnreadableCeremony)[] {
  return home.listCeremonies().map((id) => {
    try {
      const state = readCeremony(home, id);
      if (state !== null) return state;
    } catch {
      // Told of below: opening it says why.
    }
    return { id, role: 'unreadable', updatedAt: statSync(home.ceremony(id).dir).mtime.toISOString() };
  });
}
