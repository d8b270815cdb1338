import {
  enums,
  type Message,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
  type SecretKeyPacket,
  type SessionKey,
} from 'openpgp';

type Part = ReturnType<PrivateKey['getKeys']>[number];

const isOpen = (packet: Part['keyPacket']): packet is SecretKeyPacket =>
  'decrypt' in packet && packet.isDecrypted() === true;

/**
 * What a message is encrypted with, as these parts of a private key yield it: none of the key's own
 * signatures is looked at. Empty where no part opens it. Wipe the `data` of each after use.
 */
export async function sessionKeysOf(
  message: Message<Uint8Array>,
  parts: readonly Part[],
): Promise<SessionKey[]> {
  const found: SessionKey[] = [];
  for (const packet of message.packets) {
    if (!(packet instanceof PublicKeyEncryptedSessionKeyPacket)) continue;
    for (const { keyPacket } of parts) {
      if (!isOpen(keyPacket)) continue;
      try {
        // openpgp has it, and its types keep it to itself.
        await packet['decrypt'](keyPacket);
      } catch {
        continue;
      }
      const key = keyIn(packet);
      if (key !== null) found.push(key);
    }
  }
  return found;
}

function keyIn(packet: object): SessionKey | null {
  const data: unknown = 'sessionKey' in packet ? packet.sessionKey : null;
  const algorithm: unknown = 'sessionKeyAlgorithm' in packet ? packet.sessionKeyAlgorithm : null;
  if (!(data instanceof Uint8Array) || typeof algorithm !== 'number') return null;
  return { data, algorithm: enums.read(enums.symmetric, algorithm) as enums.symmetricNames };
}
