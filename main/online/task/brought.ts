import { equalBytes, fromHex } from '../../../shared/bytes';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import type { Task } from '../../../shared/task/task';
import type { Home } from '../../store/home';
import { listPeople, type Person } from '../../store/people';
import { readSealed, writeSealed } from '../../store/seal/sealed-file';
import { destroyFile } from '../../store/secret-file';

/** For whom a task brings something back: hex of their fingerprint, or null. */
export const recipientOf = (task: Task): string | null => ('recipient' in task && task.recipient) || null;

/**
 * Who that is, as this station knows them: their key was compared by words, and what the plan says of them is
 * no more than a fingerprint. Null where nobody of that fingerprint is known here.
 */
export const knownRecipient = (home: Home, fingerprint: string): Person | null =>
  listPeople(home).find((person) => equalBytes(person.fingerprint, fromHex(fingerprint))) ?? null;

/**
 * Keeps what a task brought back, encrypted to the encryption subkey of the recipient's identity key, so that
 * nobody at this station can read it. On the disk when this returns.
 */
export async function keepBrought(
  home: Home,
  ceremony: string,
  task: number,
  plain: Uint8Array,
  recipient: Person,
): Promise<void> {
  const sealed = await encryptToKey(plain, recipient.publicKey);
  writeSealed(home.ceremony(ceremony).brought(task), sealed);
}

/** What a task brought back, sealed; null where there is nothing. Throws `HomeFinding`. */
export const readBrought = (home: Home, ceremony: string, task: number): Uint8Array | null =>
  readSealed(home.ceremony(ceremony).brought(task));

/** What an earlier try of the task left: the next one brings its own. */
export const dropBrought = (home: Home, ceremony: string, task: number): void =>
  destroyFile(home.ceremony(ceremony).brought(task));

/**
 * The text of a field in JSON bytes: only that is made a string, and not the token beside it. '' where there
 * is none such.
 */
export function textField(json: Uint8Array, name: string): string {
  const mark = [...`"${name}"`].map((letter) => letter.charCodeAt(0));
  const at = json.findIndex((_, i) => mark.every((byte, k) => json[i + k] === byte));
  if (at < 0) return '';
  const from = json.indexOf(QUOTE, at + mark.length) + 1;
  const to = json.indexOf(QUOTE, from);
  if (from === 0 || to < 0 || to - from > 120) return '';
  return String.fromCharCode(...json.subarray(from, to)).replace(/[^\x21-\x7e]/g, '?');
}

const QUOTE = 0x22;
