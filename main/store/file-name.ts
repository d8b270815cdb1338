import { toHex } from '../../shared/bytes';

/**
 * A name as part of a file name: ASCII letters, digits and dashes, never empty; different names may come out
 * the same.
 */
export function fileSafeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain === '' ? 'unnamed' : plain;
}

/**
 * Words of ASCII letters and digits, one space between them: told apart by their safe names, but for
 * capitals.
 */
const FAITHFUL = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;
/** What could pass for a name that was told apart by a fingerprint. */
const MARKED = / [0-9a-f]{8}$/i;

/**
 * As `fileSafeName`, but of whoever has that fingerprint (hex) only: where the safe name leaves out something
 * of the name, so that "Иван" and "Пётр" would be one, the fingerprint's first 8 digits follow it.
 */
export const fileNameOf = (name: string, fingerprint: string): string =>
  FAITHFUL.test(name) && !MARKED.test(name) ? fileSafeName(name) : markedFileName(name, fingerprint);

/** As `fileSafeName`, always told apart by the fingerprint (hex). */
export const markedFileName = (name: string, fingerprint: string): string =>
  `${fileSafeName(name)}-${fingerprint.slice(0, 8).toLowerCase()}`;

/** NAME of a person in `keys/NAME.asc` and `checkpoint.txt.NAME.asc`. `fingerprint`: 20 bytes. */
export const personFileName = (person: { readonly name: string; readonly fingerprint: Uint8Array }): string =>
  fileNameOf(person.name, toHex(person.fingerprint));
