import type { KeyAlgorithm } from '../../../shared/openpgp/key-pair';
import { CliError } from '../terminal';

/** Options of the offline commands; each takes some of them. */
export interface OfflineFlags {
  readonly length?: string;
  readonly out?: string;
  readonly name?: string;
  readonly algorithm?: KeyAlgorithm;
  readonly passphraseFile?: string;
  readonly encodedToken?: string;
  readonly otpFile?: string;
  readonly otpLength?: string;
  readonly keyFile?: string;
  readonly threshold?: string;
  readonly show?: boolean;
  readonly json?: boolean;
}

/** Standard input is there only once. Throws `CliError` 'stdin-twice'. */
export function refuseTwoReaders(paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once. Give the other by file.');
  }
}

/** A whole number within bounds. Throws `CliError` 'usage'. */
export function number(text: string, option: string, least: number, most: number): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new CliError('usage', `${option} must be a whole number from ${least} to ${most}.`);
}
