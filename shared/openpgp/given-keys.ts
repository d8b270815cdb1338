import { type Key, type PrivateKey, type PublicKey, readKeys } from 'openpgp';
import { armoredBlocks } from '../input/pgp-blocks';
import { isPgpBinary, plainText } from '../input/plain-bytes';
import { binaryWithin, checkKeyWork, maxKeyBytes } from './limits';

/** The keys that somebody gave: of each fingerprint one public and one private key at most. */
export interface GivenKeys {
  readonly publicKeys: readonly PublicKey[];
  readonly privateKeys: readonly PrivateKey[];
  /** Different keys among them, by fingerprint. */
  readonly different: number;
}

/**
 * The keys in a file, or in pasted text: binary as `gpg --export` writes it without `--armor`, base64,
 * armored, or armored with other text around it. Throws `OverLimit`, or another `Error` where there is none.
 */
export async function givenKeys(input: string | Uint8Array): Promise<GivenKeys> {
  const keys: Key[] = [];
  for (const part of partsOf(input)) {
    const found = await readKeys({ binaryKeys: await binaryWithin(part, maxKeyBytes) });
    for (const key of found) checkKeyWork(key);
    keys.push(...found);
  }
  const publicKeys = new Map<string, PublicKey>();
  const privateKeys = new Map<string, PrivateKey>();
  for (const key of keys) {
    const fingerprint = key.getFingerprint();
    if (!key.isPrivate()) publicKeys.set(fingerprint, key as PublicKey);
    else if (partsHeld(key) > partsHeld(privateKeys.get(fingerprint))) privateKeys.set(fingerprint, key);
  }
  const different = new Set([...publicKeys.keys(), ...privateKeys.keys()]).size;
  return { publicKeys: [...publicKeys.values()], privateKeys: [...privateKeys.values()], different };
}

/** Of two exports of one key, that with more of its secret parts is of more use. */
const partsHeld = (key: PrivateKey | undefined): number =>
  key?.getKeys().filter(({ keyPacket }) => !isMissing(keyPacket)).length ?? -1;

/** Whether the secret of a part isn't in the file: it stayed on another machine, or on a card. */
export const isMissing = (packet: object): boolean =>
  'isMissingSecretKeyMaterial' in packet &&
  typeof packet.isMissingSecretKeyMaterial === 'function' &&
  packet.isMissingSecretKeyMaterial() === true;

function partsOf(input: string | Uint8Array): (string | Uint8Array)[] {
  const text = typeof input === 'string' ? input : plainText(input);
  // What is no text is binary. openpgp keeps views of it, and what the caller wipes must stay theirs.
  if (text === null && typeof input !== 'string' && isPgpBinary(input)) return [input.slice()];
  if (text === null) throw new Error('neither a key nor text');
  const blocks = armoredBlocks(text).filter(({ label }) => label.endsWith('KEY BLOCK'));
  return blocks.length > 0 ? blocks.map((block) => block.text) : [text];
}
