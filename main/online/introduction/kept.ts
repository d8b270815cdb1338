import { z } from 'zod';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import { readState, writeState } from '../../store/state-file';
import { destroySealingKey, keepSealingKey } from './sealing-key';

const introductionFile = z.strictObject({
  v: z.literal(1),
  introductions: z.array(
    z.strictObject({
      /** Digest of the station message. */
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      carrier: z.string(),
      expiresAt: z.iso.datetime(),
      address: z.string(),
      clusterId: z.string(),
      rehearsal: z.boolean(),
    }),
  ),
});

/** A station message that an officer may still answer. */
export interface Introduction {
  /** Hex. */
  readonly digest: string;
  readonly carrier: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
  readonly address: string;
  readonly clusterId: string;
  readonly rehearsal: boolean;
}

/** The introductions whose keys still live. Throws `StoreError` where their list is damaged. */
export const listIntroductions = (home: Home, now: Date): readonly Introduction[] =>
  allIntroductions(home).filter(({ expiresAt }) => Date.parse(expiresAt) > now.getTime());

/** Destroys the keys of introductions that have expired. Says how many there were. Throws `StoreError`. */
export function dropExpired(home: Home, now: Date): number {
  const alive = listIntroductions(home, now);
  const expired = allIntroductions(home).filter(({ digest }) =>
    alive.every((each) => each.digest !== digest),
  );
  if (expired.length === 0) return 0;
  const destroyed = expired.filter(({ digest }) => destroySealingKey(home.stationSecret(digest)));
  writeState(home.station(), { v: 1, introductions: alive });
  return destroyed.length;
}

const allIntroductions = (home: Home): readonly Introduction[] =>
  readState(home.station(), introductionFile)?.introductions ?? [];

/** Remembers an introduction and its private key. Throws `StoreError`. */
export async function keepIntroduction(
  home: Home,
  introduction: Introduction,
  privateKey: Uint8Array,
  identity: Identity,
): Promise<void> {
  await keepSealingKey(home.stationSecret(introduction.digest), privateKey, identity);
  writeState(home.station(), { v: 1, introductions: [...allIntroductions(home), introduction] });
}

/** Destroys an introduction's key once it has served. Says whether there was one. Throws `StoreError`. */
export function forgetIntroduction(home: Home, digest: string): boolean {
  const destroyed = destroySealingKey(home.stationSecret(digest));
  const others = allIntroductions(home).filter((each) => each.digest !== digest);
  writeState(home.station(), { v: 1, introductions: others });
  return destroyed;
}
