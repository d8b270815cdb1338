import type { Command, Option } from 'commander';

/**
 * Lets a command take its long options with one dash as well, as `vault` and `bao` take theirs:
 * `-format=json`, `-address URL`.
 */
export function takeSingleDashes(command: Command): void {
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (words) => parse(withTwoDashes(words, command.options));
}

/** A second dash for each word that is an option of these. A value that an option wants is left as it is. */
function withTwoDashes(words: readonly string[], options: readonly Option[]): string[] {
  const optionOf = (word: string): Option | undefined => options.find(({ long }) => long === word);
  let isValue = false;
  let isOver = false;
  return words.map((word) => {
    if (isOver || isValue) {
      isValue = false;
      return word;
    }
    isOver = word === '--';
    const [, name = '', given = ''] = /^--?([a-z][a-z-]+)(=.*)?$/s.exec(word) ?? [];
    const option = optionOf(`--${name}`);
    if (option === undefined && name !== 'help') return word;
    isValue = option?.required === true && given === '';
    return `--${name}${given}`;
  });
}
