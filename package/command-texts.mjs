import { run } from './command.mjs';
import { dayOf } from './manual.mjs';

/**
 * The manual page and the completions of a built command line. The page bears the day of the release, not
 * that of the build.
 * @param {string} program
 * @param {import('./release.mjs').Release} release
 */
export function commandTexts(program, release) {
  /** @param {string[]} args */
  const printed = (...args) => run(process.execPath, [program, ...args]);
  const manual = printed('man').replace(/^(\.TH \S+ 1 )\S+/, `$1${dayOf(release)}`);
  return {
    manual,
    bash: printed('completion', 'bash'),
    zsh: printed('completion', 'zsh'),
    fish: printed('completion', 'fish'),
  };
}
