import type { Passphrase } from '../../shared/openpgp/s2k';
import { HomeError } from './home';

/** Fewer characters than this protect a private key too little. */
export const MINIMUM_PASSPHRASE = 8;

/** Throws `HomeError` 'weak-passphrase' where a new passphrase is shorter than that. */
export function refuseWeakPassphrase(passphrase: Passphrase): void {
  if (characters(passphrase) >= MINIMUM_PASSPHRASE) return;
  throw new HomeError(
    'weak-passphrase',
    `The passphrase has fewer than ${MINIMUM_PASSPHRASE} characters. It is all that protects the private key on this disk: choose a longer one.`,
  );
}

/** In UTF-8, every byte but those that continue a character begins one. */
const characters = (passphrase: Passphrase): number =>
  typeof passphrase === 'string'
    ? [...passphrase].length
    : passphrase.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
