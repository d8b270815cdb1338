import { wordsIn } from '../../../shared/input/short-values';
import { CliError } from '../parts/cli-error';
import type { Laptop } from './laptop';

/**
 * Puts on record that words were compared by voice, where somebody says so: the officer reads them from this
 * screen, and types or gives what the other side reads out. Nothing is recorded where nobody compares.
 * `what`: of which code. Throws `CliError` 'not-confirmed' where they differ.
 */
export async function recordCompared(
  { terminal, station }: Laptop,
  flags: { readonly words?: string; readonly json?: boolean },
  what: string,
  words: string,
): Promise<void> {
  const { record } = station.transcript;
  const isKnown = record
    .entries()
    .some(({ event, data }) => event === 'words-compared' && 'words' in data && data.words === words);
  const heard =
    flags.words ??
    (isKnown || flags.json
      ? null
      : await terminal.ask(
          `Words of the ${what}: ${words}\nCompared by voice? Type them as the other side reads them, for the record, or press Enter: `,
        ));
  if (heard === null || heard.trim() === '') return;
  if (wordsIn(heard) !== words) {
    throw new CliError(
      'not-confirmed',
      `The words of the ${what} are “${words}” here, and others were heard: it is another one, or a word was misheard. Compare again before you go on.`,
    );
  }
  station.transcript.recordWords(what, words);
}
