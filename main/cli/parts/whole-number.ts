import { CliError } from './cli-error';

/** The whole number that stands in an option, from `least` to `most`. Throws `CliError` 'usage'. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new CliError('usage', `${option} must be a whole number from ${least} to ${most}.`);
}
