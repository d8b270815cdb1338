import { hexDigits, shortText, wordsIn } from '../../../shared/input/short-values';
import { scriptWords } from '../../../shared/script/script-hash';
import type { Home } from '../../store/home';
import { type KeptScript, listScripts } from '../../store/scripts';
import { CliError } from '../parts/cli-error';
import { scriptLine } from './shown-script';

/** Fewer digits of a hash are more likely a slip than a name. */
const FEWEST_DIGITS = 6;

/**
 * The script of a home that a person names: by its words, its hash or the beginning of it, its title with or
 * without its version, or as `standard`. Throws `CliError` 'usage' and 'ambiguous', `StoreError`.
 */
export function namedScript(home: Home, wanted: string): KeptScript {
  const scripts = listScripts(home);
  const found = scripts.filter((script) => isNamed(script, wanted));
  const [first, ...others] = found;
  if (first === undefined) {
    throw new CliError(
      'usage',
      `This home has no script “${shortText(wanted)}”. See which there are: airlock script list`,
    );
  }
  if (others.length === 0) return first;
  throw new CliError(
    'ambiguous',
    `Several scripts are called so. Name one by its words: ${found
      .map(({ sha256, script }) => `“${scriptWords(sha256)}” (${scriptLine(script)})`)
      .join(', ')}.`,
  );
}

function isNamed({ sha256, script, isStandard }: KeptScript, wanted: string): boolean {
  const text = shortText(wanted).toLowerCase();
  const digits = hexDigits(wanted);
  const { title, version } = script;
  return (
    (isStandard && text === 'standard') ||
    (digits.length >= FEWEST_DIGITS && sha256.startsWith(digits)) ||
    wordsIn(wanted) === scriptWords(sha256) ||
    [title, `${title} ${version}`, `${title}, version ${version}`].some((name) => name.toLowerCase() === text)
  );
}
