import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { toHex } from '../../../shared/bytes';
import { plainArmor } from '../../../shared/openpgp/plain-armor';
import type { EventData } from '../../../shared/transcript/event';

/**
 * The plan with the SHA-256 of each person's key file, as the archive will have it: whoever changes a byte of
 * that file years later is noticed. `people`: everyone known here, with their binary public keys.
 */
export function withKeyDigests(
  plan: EventData<'plan-agreed'>,
  people: readonly { readonly fingerprint: Uint8Array; readonly publicKey: Uint8Array }[],
): EventData<'plan-agreed'> {
  const keys = new Map(people.map((person) => [toHex(person.fingerprint).toUpperCase(), person.publicKey]));
  return {
    ...plan,
    roster: plan.roster.map((person) => {
      const key = keys.get(person.fingerprint.toUpperCase());
      if (key === undefined) return person;
      return { ...person, keySha256: toHex(sha256(utf8.decode(plainArmor('publicKey', key)))) };
    }),
  };
}
