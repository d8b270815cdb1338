import type { Finding } from '../report';
import { type Entry, type EntryOf, entriesOf, finding } from './entry';

/** Where a plan was agreed on, the custodians in its roster are those who may give a share. */
export function rosterFindings(entries: readonly Entry[]): Finding[] {
  const { agreed, everyone, custodians } = rosterOf(entries);
  if (!agreed) return [];
  return entriesOf(entries, 'share-submit-intent').flatMap((intent) => {
    const { custodian } = intent.line.data;
    if (custodian === '' || custodians.has(custodian)) return [];
    return everyone.has(custodian)
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

/** Whom the plans of a ceremony name. Fingerprints are upper-case hex. */
interface Roster {
  readonly agreed: boolean;
  readonly everyone: ReadonlySet<string>;
  readonly custodians: ReadonlySet<string>;
}

/** A plan may be agreed on anew with other people: whoever is in any of them counts. */
export function rosterOf(entries: readonly Entry[]): Roster {
  const plans = entriesOf(entries, 'plan-agreed');
  const people = plans.flatMap(({ line }) => line.data.roster);
  const fingerprints = (those: typeof people): Set<string> =>
    new Set(those.map(({ fingerprint }) => fingerprint));
  return {
    agreed: plans.length > 0,
    everyone: fingerprints(people),
    custodians: fingerprints(people.filter(({ role }) => role === 'custodian')),
  };
}

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
