import { toHex } from '../../../shared/bytes';
import { hexDigits, nameText } from '../../../shared/input/short-values';
import type { Home } from '../../store/home';
import { listPeople } from '../../store/people';
import { CliError } from '../parts/cli-error';

/**
 * Fingerprint (hex) of the person known here whom a text names: by name, or by the fingerprint or the
 * beginning of it (8 digits or more). Throws `CliError` 'usage' where nobody fits, and 'ambiguous' where
 * several do.
 */
export function personNamed(home: Home, text: string): string {
  const wanted = nameText(text).toLowerCase();
  const digits = hexDigits(text);
  const people = listPeople(home);
  const fitting = people.filter(
    ({ name, fingerprint }) =>
      name.toLowerCase() === wanted ||
      (/^[0-9a-f]{8,40}$/.test(digits) && toHex(fingerprint).startsWith(digits)),
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return toHex(only.fingerprint);
  if (fitting.length > 1) {
    throw new CliError(
      'ambiguous',
      `“${text}” fits several people that are known here. Give the fingerprint instead: airlock identity list shows it.`,
    );
  }
  throw new CliError(
    'usage',
    `Nobody known here is called “${text}”. ${people.length === 0 ? 'Nobody is known here yet: airlock identity add FILE.' : `Known are ${people.map(({ name }) => name).join(', ')}.`}`,
  );
}

/** “WHO=WHAT” as its two halves. Throws `CliError` 'usage'. */
export function pairOf(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CliError('usage', `${option} takes “NAME=…”, not “${text}”.`);
}
