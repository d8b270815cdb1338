import { utf8 } from '@scure/base';
import { isPlainSignature, plainArmored } from '../../openpgp/plain-armor';
import { verifyDetached } from '../../openpgp/signature';
import type { ArchivedStation, Finding, FindingCode } from '../verdict';
import { folderFinding } from './entry';
import type { FolderKey } from './keys';
import { type Plan, personOf } from './plan';

/** The signatures over one station's checkpoint. */
export interface VerifiedSignatures {
  /** Names of the keys whose signatures fit. */
  readonly signers: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Checks that the signatures over a checkpoint are by keys of the folder, and that those of whom it needs are
 * there: of the person whose station it is, of every witness in the plan, and of one other person at least.
 * Who signed is told by the fingerprint; names of files don't count. `who`: fingerprint of the station's
 * person; null where the journal can't be read, which is a finding already.
 */
export async function verifySignatures(
  station: ArchivedStation,
  who: string | null,
  label: string,
  keys: readonly FolderKey[],
  plan: Plan | null,
): Promise<VerifiedSignatures> {
  const { name: folder, checkpoint, signatures } = station;
  const findings: Finding[] = [];
  const add = (code: FindingCode, message: string): void => {
    findings.push(folderFinding(folder, code, message));
  };
  if (checkpoint === null) return { signers: [], findings };
  const signers: string[] = [];
  const fingerprints = new Set<string>();
  for (const { name, armored } of signatures) {
    const key = keys.find((candidate) => candidate.name === name);
    if (key === undefined) {
      add('no-key', `There is a signature by ${name}, and no key of that name in keys/ that can be used.`);
    } else if (await fits(checkpoint, armored, key)) {
      signers.push(name);
      fingerprints.add(key.fingerprint);
    } else {
      add('bad-signature', `The signature of ${name} does not fit this checkpoint and the key in keys/.`);
    }
  }
  const owner = personOf(plan, who ?? '')?.name ?? (label || folder);
  if (signatures.length === 0) {
    add('no-signature', `Nobody has signed the journal of ${owner}.`);
    return { signers, findings };
  }
  if (who === null) return { signers, findings };
  if (who === '') {
    add(
      'own-signature-missing',
      'The journal does not say whose station it is, so nobody can have signed its checkpoint as theirs.',
    );
  } else if (!fingerprints.has(who)) {
    add('own-signature-missing', `${owner} has not signed their own journal.`);
  }
  const missing = (plan?.people ?? []).filter(
    ({ role, fingerprint }) => role === 'witness' && fingerprint !== who && !fingerprints.has(fingerprint),
  );
  for (const { name } of missing) {
    add('witness-missing', `${name}, witness, has not signed the journal of ${owner}.`);
  }
  const others = [...fingerprints].filter(
    (fingerprint) => fingerprint !== who && (plan === null || personOf(plan, fingerprint) !== undefined),
  );
  if (missing.length === 0 && others.length === 0) {
    add('no-other-signature', `Nobody but its owner has signed the journal of ${owner}.`);
  }
  return { signers, findings };
}

async function fits(checkpoint: string, armored: string, key: FolderKey): Promise<boolean> {
  const bytes = plainArmored('signature', armored);
  if (bytes === null || !isPlainSignature(bytes)) return false;
  try {
    await verifyDetached(utf8.decode(checkpoint), bytes, key.binary);
    return true;
  } catch {
    return false;
  }
}
