import { toHex } from '../../bytes';
import { plainArmored } from '../../openpgp/plain-armor';
import { parseSignersKey } from '../../openpgp/public-key';
import { remembered } from '../../remembered';
import { hexSha256 } from '../../sha256';
import type { ArchivedKey, Finding } from '../verdict';
import { folderFinding } from './entry';
import { type Plan, personOf } from './plan';

/** A key of `keys/` that is what it should be. */
export interface FolderKey {
  readonly name: string;
  /** Upper-case hex. */
  readonly fingerprint: string;
  readonly binary: Uint8Array;
}

export interface FolderKeys {
  readonly keys: readonly FolderKey[];
  readonly findings: readonly Finding[];
}

/**
 * The keys of an archive folder: each file exactly one public key in the form that Airlock writes, of a
 * person in the plan, byte for byte as the plan names it, and everyone's is there. Without a plan each stands
 * for itself.
 */
export async function readKeys(files: readonly ArchivedKey[], plan: Plan | null): Promise<FolderKeys> {
  const keys: FolderKey[] = [];
  const findings: Finding[] = [];
  const add = (code: Finding['code'], message: string): void => {
    findings.push(folderFinding('', code, message));
  };
  for (const { name, armored } of files) {
    const read = await readKey(armored);
    const key = read === null ? null : { name, ...read };
    if (key === null) {
      add('bad-key', `keys/${name}.asc is not exactly one public key, in the form that Airlock writes.`);
      continue;
    }
    const twin = keys.find(({ fingerprint }) => fingerprint === key.fingerprint);
    if (twin) add('same-key', `keys/${name}.asc is the same key as keys/${twin.name}.asc.`);
    keys.push(key);
    if (plan === null) continue;
    const person = personOf(plan, key.fingerprint);
    if (person === undefined) {
      add('unknown-key', `keys/${name}.asc is the key of nobody in the plan: ${key.fingerprint}.`);
    } else if (person.keySha256 !== undefined && person.keySha256 !== hexSha256(armored)) {
      add('bad-key', `keys/${name}.asc is not the file that the plan names for ${person.name}.`);
    }
  }
  for (const { name, fingerprint } of plan?.people ?? []) {
    if (keys.some((key) => key.fingerprint === fingerprint)) continue;
    add('missing-key', `The key of ${name} is missing: ${fingerprint}.`);
  }
  return { keys, findings };
}

/** The same people's keys lie in folder after folder, and no clock has a say in what they are. */
const readKey = remembered<Omit<FolderKey, 'name'> | null>(
  { most: 500, longest: 32_768 },
  async (armored) => {
    const bytes = plainArmored('publicKey', armored);
    if (bytes === null) return null;
    try {
      const { binary, fingerprint, armored: canonical } = await parseSignersKey(bytes);
      return canonical === armored ? { binary, fingerprint: toHex(fingerprint).toUpperCase() } : null;
    } catch {
      return null;
    }
  },
);

/** Everyone of the plan, and whoever has a station here, is one of those that the auditor named. */
export function pinFindings(
  plan: Plan | null,
  owners: ReadonlyMap<string, string>,
  pinned: ReadonlySet<string>,
): Finding[] {
  const people = new Map<string, string>();
  for (const { name, fingerprint } of plan?.everyone ?? []) people.set(fingerprint, name);
  for (const [station, who] of owners) {
    if (who !== '' && !people.has(who)) people.set(who, `The person at the station in ${station}`);
  }
  return [...people]
    .filter(([fingerprint]) => !pinned.has(fingerprint))
    .map(([fingerprint, name]) =>
      folderFinding('', 'not-pinned', `${name} isn’t one of the people you named: ${fingerprint}.`),
    );
}
