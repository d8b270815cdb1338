import { existsSync } from 'node:fs';
import type { EventName } from '../../shared/transcript/event';
import type { Home } from '../store/home';
import { readJournal } from '../store/journal-lines';
import type { OfflineCeremony } from './ceremony-list';

/** All that a journal may say of a ceremony that leaves no trace in anybody else's. */
const begun: ReadonlySet<EventName> = new Set([
  'journal-opened',
  'program-build',
  'offline-checked',
  'script-chosen',
  'script-section',
  'script-left',
]);

/**
 * Whether a ceremony can be removed as if it had not been begun. Its officer is at the plan or before the
 * key, no message of it was made or taken in, and nobody has put anything on its record.
 */
export function isRemovable(
  home: Home,
  { id, role, step }: Pick<OfflineCeremony, 'id' | 'role' | 'step'>,
): boolean {
  if (role !== 'officer' || (step !== 'plan' && step !== 'key')) return false;
  const { journal, secret, checkpoint } = home.ceremony(id);
  if (existsSync(secret) || existsSync(checkpoint)) return false;
  try {
    const { lines, torn } = readJournal(journal);
    // An empty file is no journal that Airlock leaves.
    if (torn || (lines.length === 0 && existsSync(journal))) return false;
    return lines.every(({ event }) => begun.has(event));
  } catch {
    // Whatever is wrong with it is evidence, and stays.
    return false;
  }
}
