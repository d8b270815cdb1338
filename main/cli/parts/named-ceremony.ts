import { fromHex } from '../../../shared/bytes';
import { shortText } from '../../../shared/input/short-values';
import { ceremonyWords } from '../../../shared/words';
import type { Home } from '../../store/home';
import { CliError } from './cli-error';

/**
 * The id (32 hex digits) of the ceremony of this home that a text names: by its two words, or by its id or
 * the beginning of it. `all`: which ceremonies there are to name. Undefined where no text was given. Throws
 * `CliError` 'ambiguous' where several fit, and 'usage' where none does.
 */
export function namedCeremony(
  home: Home,
  text: string | undefined,
  all: readonly string[] = home.listCeremonies(),
): string | undefined {
  if (text === undefined) return undefined;
  const wanted = shortText(text)
    .toLowerCase()
    .replace(/[\s-]+/g, ' ');
  const matches = all.filter(
    (id) => id.startsWith(wanted.replace(/ /g, '')) || ceremonyWords(fromHex(id)) === wanted,
  );
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  if (matches.length > 1) {
    throw new CliError('ambiguous', `“${text}” fits several ceremonies of this home. Give more of its id.`);
  }
  throw new CliError(
    'usage',
    `This home has no ceremony “${text}”. ${all.length === 0 ? 'It has none yet.' : `It has ${listed(all)}.`}`,
  );
}

/**
 * As `namedCeremony`; without a text, the only ceremony that there is. Throws `CliError` 'ambiguous' and
 * 'usage'.
 */
export function chosenCeremony(
  home: Home,
  text: string | undefined,
  all: readonly string[] = home.listCeremonies(),
): string {
  const named = namedCeremony(home, text, all);
  if (named !== undefined) return named;
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw new CliError(
    'ambiguous',
    all.length === 0
      ? 'This home has no ceremony whose transcript could be closed.'
      : `This home has several ceremonies. Name one with --ceremony: ${listed(all)}.`,
  );
}

const listed = (ids: readonly string[]): string =>
  ids.map((id) => `“${ceremonyWords(fromHex(id))}”`).join(', ');
