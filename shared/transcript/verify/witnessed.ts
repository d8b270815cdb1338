import { utf8 } from '@scure/base';
import { fromBase64, toBase64 } from '../../bytes';
import { isPlainSignature } from '../../openpgp/plain-armor';
import { verifyDetached } from '../../openpgp/signature';
import { statementText } from '../statement';
import type { Finding } from '../verdict';
import { type Entry, type EntryOf, entriesOf, finding, ownersOf } from './entry';
import type { FolderKey } from './keys';
import { type Plan, personOf } from './plan';

/**
 * What witnesses have seen in the middle of the ceremony is the beginning of the journal as it is now. Any
 * station may keep a statement about any other, so that a journal is also held against what others kept of
 * it. A station writes down that it shows its journal before it does: the line after the one that a witness
 * saw last is always there.
 */
export function witnessedFindings(entries: readonly Entry[]): Finding[] {
  const owners = [...ownersOf(entries)];
  return entriesOf(entries, 'witnessed').flatMap((entry) => {
    const { name, station, of, lines, head } = entry.line.data;
    const folders = owners.filter(([, who]) => who === of).map(([folder]) => folder);
    if (folders.length === 0)
      return [
        finding(
          entry,
          'witnessed-missing',
          `${name} witnessed the journal of ${station}, and it is not here.`,
        ),
      ];
    const goesOn = entries.some(
      (each) => folders.includes(each.station) && each.line.n === lines + 1 && each.line.prev === head,
    );
    if (goesOn) return [];
    return [
      finding(
        entry,
        'witnessed-differs',
        `${name} witnessed the first ${lines} lines of ${station}, and its journal here begins with others: it was written anew after that.`,
      ),
    ];
  });
}

/** Each statement is signed by whom it names, exactly as it says, and that is a witness of the plan. */
export async function statementFindings(
  entries: readonly Entry[],
  keys: readonly FolderKey[],
  plan: Plan | null,
): Promise<Finding[]> {
  const found = await Promise.all(
    entriesOf(entries, 'witnessed').map(async (entry): Promise<Finding[]> => {
      const { name, by } = entry.line.data;
      if (plan !== null && personOf(plan, by)?.role !== 'witness')
        return [finding(entry, 'not-witness', `${name} signed as a witness, and is none in the plan.`)];
      const key = keys.find(({ fingerprint }) => fingerprint === by);
      if (key === undefined)
        return [
          finding(
            entry,
            'no-key',
            `There is a statement by ${name}, and no key of theirs in keys/ that can be used.`,
          ),
        ];
      if (await isSigned(entry, key)) return [];
      return [finding(entry, 'bad-statement', `The signature of ${name} does not fit this statement.`)];
    }),
  );
  return found.flat();
}

async function isSigned({ line }: EntryOf<'witnessed'>, { binary }: FolderKey): Promise<boolean> {
  const { ceremony, rehearsal, data } = line;
  try {
    const signature = fromBase64(data.signature);
    if (toBase64(signature) !== data.signature || !isPlainSignature(signature)) return false;
    await verifyDetached(utf8.decode(statementText({ ...data, ceremony, rehearsal })), signature, binary);
    return true;
  } catch {
    return false;
  }
}
