import { HomeError } from './home';

/** Fewer characters than this protect a private key too little. */
export const MINIMUM_PASSPHRASE = 8;

/** Throws `HomeError` 'weak-passphrase' where a new passphrase is shorter than that. */
export function refuseWeakPassphrase(passphrase: string): void {
  if ([...passphrase].length >= MINIMUM_PASSPHRASE) return;
  throw new HomeError(
    'weak-passphrase',
    `The passphrase has fewer than ${MINIMUM_PASSPHRASE} characters. It is all that protects the private key on this disk: choose a longer one.`,
  );
}
