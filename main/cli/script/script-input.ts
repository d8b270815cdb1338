import type { Command } from 'commander';
import { wordsIn } from '../../../shared/input/short-values';
import type { Script } from '../../../shared/script/script';
import { readScriptFile } from '../../../shared/script/script-file';
import { scriptHash, scriptWords } from '../../../shared/script/script-hash';
import { CliError } from '../parts/cli-error';
import { readInput } from '../parts/input-file';
import type { Terminal } from '../parts/terminal';

export interface WordsFlags {
  readonly words?: string;
}

/** Adds `--words`. */
export const withWords = (command: Command): Command =>
  command.option('--words <words>', 'the words as whoever sent the file reads them out, to be compared');

/**
 * The script in a file; `-` is standard input. Throws `CliError` 'unreadable-file', `ScriptError` for what is
 * wrong with it, and `CliError` 'not-confirmed' where its words are others than those heard.
 */
export async function scriptInput(terminal: Terminal, path: string, { words }: WordsFlags): Promise<Script> {
  const script = readScriptFile(await readInput(terminal, path));
  const own = scriptWords(scriptHash(script));
  if (words !== undefined && wordsIn(words) !== own) {
    throw new CliError(
      'not-confirmed',
      `The words of this script are “${own}”, and others were heard: it is another script, or a word was misheard. Nothing was taken in. Compare again, or ask for the file again.`,
    );
  }
  return script;
}
