import type { Finding } from '../verdict';
import { type Entry, type EntryOf, entriesOf, finding } from './entry';
import { type Plan, personOf } from './plan';

/** Shares are of the custodians in the officer's plan. */
export function rosterFindings(entries: readonly Entry[], plan: Plan | null): Finding[] {
  if (plan === null) return [];
  return entriesOf(entries, 'share-submit-intent').flatMap((intent) => {
    const { custodian } = intent.line.data;
    if (custodian === '') return [];
    if (isCustodian(plan, custodian)) {
      const stations = stationsOf(entries, plan, custodian);
      if (stations === null || stations.has(intent.line.who)) return [];
      return finding(
        intent,
        'gives-elsewhere',
        'By the officer’s plan this share does not go to this station.',
      );
    }
    return personOf(plan, custodian) !== undefined
      ? finding(
          intent,
          'not-custodian',
          'This share is of a person who is in the roster that was agreed on, and not as a custodian.',
        )
      : finding(
          intent,
          'not-in-roster',
          'This share is of a person who is not in the roster that was agreed on.',
        );
  });
}

/**
 * Fingerprints of the operators whose stations a custodian's share may go to: by any plan that was agreed on,
 * or as a reserve by an amendment. Null where the plan says nothing of stations, as older ones don't.
 */
function stationsOf(entries: readonly Entry[], plan: Plan, custodian: string): ReadonlySet<string> | null {
  if (plan.everyone.every(({ givesTo }) => givesTo === undefined)) return null;
  const planned = plan.everyone.flatMap(({ fingerprint, givesTo }) =>
    fingerprint === custodian && givesTo !== undefined ? [givesTo] : [],
  );
  const amended = entriesOf(entries, 'plan-amended').flatMap(({ station, line }) =>
    station === plan.station
      ? line.data.steps.flatMap(({ reserve, givesTo }) => (reserve === custodian ? [givesTo] : []))
      : [],
  );
  return new Set([...planned, ...amended]);
}

/** Whether any roster that was agreed on has that fingerprint as a custodian's. */
export const isCustodian = (plan: Plan, fingerprint: string): boolean =>
  plan.everyone.some((person) => person.role === 'custodian' && person.fingerprint === fingerprint);

/** A share with a name on it came in a message of that person, which this station took in before. */
export const shareFindings = (entries: readonly Entry[]): Finding[] =>
  entriesOf(entries, 'share-submit-intent')
    .filter((intent) => giverOf(entries, intent) === null)
    .map((intent) =>
      finding(
        intent,
        'no-share-message',
        'This share is on record as that of a person whose share message this station had not taken in.',
      ),
    );

/**
 * Who gave the share: a fingerprint; '' where it came as a plain value; null where the line names a person of
 * whom this station had not taken in that share message.
 */
export function giverOf(
  entries: readonly Entry[],
  { station, line: { n, data } }: EntryOf<'share-submit-intent'>,
): string | null {
  const { digest, custodian } = data;
  if (custodian === '') return '';
  const carried = entriesOf(entries, 'message-received').some(
    ({ station: at, line: { n: earlier, data: message } }) =>
      at === station &&
      earlier < n &&
      message.type === 'share' &&
      message.digest === digest &&
      message.from === custodian,
  );
  return carried ? custodian : null;
}
