import { scriptHash, scriptWords } from '../../../shared/script/script-hash';
import { standardScript } from '../../../shared/script/standard-script';
import type { OfflinePlayer } from './cast';

/** Has the ceremony go by the script that every home has; returns its words. */
export function goByScript({ station }: OfflinePlayer): string {
  const sha256 = scriptHash(standardScript);
  station.officer().script.choose(sha256);
  return scriptWords(sha256);
}

/**
 * Puts on record why the steps of people stay open, at the first of them. They are not ticked: nobody looked
 * at a bag or read words aloud. What Airlock does itself fills itself in.
 */
export function recordNobodyThere({ name, station }: OfflinePlayer): void {
  const desk = station.officer().script;
  const { sections } = standardScript;
  const section = sections.findIndex(({ steps }) => steps.some(({ own }) => own === undefined));
  const steps = sections[section]?.steps ?? [];
  const step = steps.findIndex(({ own }) => own === undefined);
  desk.record({
    section: section + 1,
    step: step + 1,
    result: 'deviation',
    checks: (steps[step]?.checks ?? []).map(() => ({ done: false, value: '' })),
    actual: '',
    by: name,
    deviation:
      'The program plays everyone in this rehearsal: there is no room, no safe, and nobody who reads aloud or compares. What people do by this script was not done, here and at every step that is left open.',
    decidedBy: name,
  });
}
