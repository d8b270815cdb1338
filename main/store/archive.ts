import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePublicKey } from '../../shared/openpgp/public-key';
import { verifyScript } from '../../shared/transcript/verify-sh';
import { fileSafeName } from './file-name';
import type { CeremonyPaths } from './home';
import { signersOf } from './sign-off';

export interface ArchivedPerson {
  readonly name: string;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
}

/**
 * Adds one station's transcript to an archive folder: `STATION/journal.jsonl`, its checkpoint and signatures, everyone's
 * public key in `keys/`, and `verify.sh`. Folders of several stations merge into one archive. Returns the station's folder.
 */
export async function archiveStation(
  folder: string,
  station: string,
  paths: CeremonyPaths,
  people: readonly ArchivedPerson[],
): Promise<string> {
  const target = join(folder, fileSafeName(station));
  const keys = join(folder, 'keys');
  mkdirSync(target, { recursive: true });
  mkdirSync(keys, { recursive: true });
  cpSync(paths.journal, join(target, 'journal.jsonl'));
  if (existsSync(paths.checkpoint)) {
    cpSync(paths.checkpoint, join(target, 'checkpoint.txt'));
    for (const name of signersOf(paths)) {
      cpSync(`${paths.checkpoint}.${name}.asc`, join(target, `checkpoint.txt.${name}.asc`));
    }
  }
  for (const person of people) {
    const { armored } = await parsePublicKey(person.publicKey);
    writeFileSync(join(keys, `${fileSafeName(person.name)}.asc`), armored);
  }
  writeFileSync(join(folder, 'verify.sh'), verifyScript(), { mode: 0o755 });
  return target;
}
