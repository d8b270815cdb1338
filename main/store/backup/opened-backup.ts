import { createHash } from 'node:crypto';
import { equalBytes, fromBase64, fromHex, wipe } from '../../../shared/bytes';
import { unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { OpenPgpError } from '../../../shared/openpgp/openpgp-error';
import { publicHalf } from '../../../shared/openpgp/public-key';
import { hashNatively } from '../../../shared/openpgp/s2k';
import { decryptUnderPassphrase, isUnderPassphrase } from '../../../shared/openpgp/under-passphrase';
import { type Identity, parseIdentity, shownIdentity } from '../identity-file';
import { hashOf, headOf, isSealed } from '../seal/home-files';
import { homeKeyOf } from '../seal/home-key';
import { SEALS, type Seals, sealsIn } from '../seal/seal-file';
import { type BackupContent, damaged, parseContent } from './backup-content';
import { BackupError } from './backup-error';

hashNatively((name) => createHash(name));

/** A backup that was opened, and holds what its home's own program left. */
export interface OpenedBackup extends BackupContent {
  readonly identity: Identity;
  readonly seals: Seals;
  /** SHA-256 of the backup's file, lower-case hex. */
  readonly sha256: string;
}

/**
 * Opens a backup in memory, and checks all of it: that nothing in the file was changed, that every file in it
 * is the one of its list, that the passphrase opens its identity, and that its files are those that the
 * home's seals name, as far as they were when it was made. Nothing is written. `work` gets the key of the
 * seals and the private key (binary, unlocked) besides, which are wiped afterwards. Throws `BackupError`,
 * `HomeError` ('home-too-new', 'identity-damaged'), and what `work` throws.
 */
export async function openBackup<T>(
  file: Uint8Array,
  passphrase: Uint8Array,
  work: (opened: OpenedBackup, key: Uint8Array, privateKey: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const content = parseContent(await decrypted(file, passphrase));
  const identityBytes = content.files.find(({ path }) => path === 'identity.json')?.bytes;
  if (identityBytes === undefined) throw damaged('there is no identity in it');
  const identityFile = parseIdentity(identityBytes, 'the backup');
  const privateKey = await unlocked(identityFile.privateKey, passphrase);
  try {
    const own = await publicHalf(privateKey);
    const isOwn =
      identityFile.fingerprint === content.fingerprint &&
      equalBytes(own.binary, fromBase64(identityFile.publicKey)) &&
      equalBytes(own.fingerprint, fromHex(identityFile.fingerprint));
    if (!isOwn) throw damaged('a public key in its identity is not the one that its private half stands for');
    const key = homeKeyOf(privateKey, own.fingerprint);
    try {
      const seals = sealsOf(content, key);
      const sha256 = createHash('sha256').update(file).digest('hex');
      return await work(
        { ...content, identity: shownIdentity(identityFile), seals, sha256 },
        key,
        privateKey,
      );
    } finally {
      wipe(key);
    }
  } finally {
    wipe(privateKey);
  }
}

async function decrypted(file: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array> {
  if (!isUnderPassphrase(file))
    throw new BackupError(
      'not-a-backup',
      'This is no backup of an Airlock home, or it is cut off. Look whether it is the right file, and take another copy of it. Nothing was written.',
    );
  try {
    return await decryptUnderPassphrase(file, passphrase);
  } catch (error) {
    if (!(error instanceof OpenPgpError)) throw error;
    throw new BackupError(
      'backup-closed',
      'The passphrase doesn’t open this backup, or the file was changed since it was made. It is the passphrase that the home had then. Check capitals and keyboard layout; if it is surely the right one, take another copy of the file. Nothing was written.',
    );
  }
}

async function unlocked(locked: string, passphrase: Uint8Array): Promise<Uint8Array> {
  try {
    return await unlockPrivateKey(locked, passphrase);
  } catch (error) {
    if (!(error instanceof OpenPgpError)) throw error;
    throw damaged('its passphrase is not the one of the identity in it');
  }
}

/** What the home's seals say, where all that is in the backup fits them. Throws `BackupError`. */
function sealsOf(content: BackupContent, key: Uint8Array): Seals {
  const files = new Map(content.files.map(({ path, bytes }) => [path, bytes]));
  const text = files.get(SEALS);
  const seals = text === undefined ? 'broken' : sealsIn(new TextDecoder().decode(text), key);
  if (seals === 'broken') throw damaged('the seals in it are not those of its identity');
  const excused = new Set([...content.leftOut, ...content.findings]);
  const names = new Set([...Object.keys(seals.files), ...Object.keys(seals.journals), ...files.keys()]);
  for (const name of names) {
    if (excused.has(name) || !isSealed(name)) continue;
    if (!fits(seals, name, files.get(name) ?? null))
      throw damaged(`${name} is not as its home’s seals name it`);
  }
  return seals;
}

function fits({ files, journals, next }: Seals, name: string, bytes: Uint8Array | null): boolean {
  if (name.endsWith('.jsonl')) {
    const found = headOf(bytes);
    const isSame = (head: { lines: number; head: string } | undefined): boolean =>
      head === undefined ? found.lines === 0 : head.lines === found.lines && head.head === found.head;
    return (
      isSame(journals[name]) || (next !== null && 'journal' in next && next.journal === name && isSame(next))
    );
  }
  const found = hashOf(bytes);
  return (
    found === (files[name] ?? null) ||
    (next !== null && 'file' in next && next.file === name && next.sha256 === found)
  );
}
