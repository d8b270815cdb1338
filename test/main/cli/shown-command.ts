import { type Command, CommanderError, type Option } from 'commander';
import { wholeProgram } from '../../../main/cli/program';
import { FakeTerminal } from './fake-terminal';

/** The program with every command, of which none does anything: it only takes or refuses what is typed. */
async function idleProgram(): Promise<Command> {
  const program = await wholeProgram(new FakeTerminal());
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
  }
  return program;
}

export function* allCommands(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* allCommands(child);
}

/** The command that the first words name, and the words after it. */
export async function commandOf(words: readonly string[]): Promise<{ command: Command; rest: string[] }> {
  let command = await idleProgram();
  const rest = [...words];
  for (;;) {
    const child = command.commands.find((each) => each.name() === rest[0]);
    if (child === undefined) return { command, rest };
    command = child;
    rest.shift();
  }
}

export const optionOf = (command: Command, flag: string): Option | undefined =>
  command.options.find(({ long }) => long === flag);

/**
 * What the program says against the words after `airlock`; null where it takes them. Placeholders stand for
 * any value.
 */
export async function refusalOf(words: readonly string[]): Promise<string | null> {
  const { command } = await commandOf(words);
  const typed = words.map((word, i) => {
    const choices = optionOf(command, words[i - 1] ?? '')?.argChoices;
    return isPlaceholder(word) && choices !== undefined ? (choices[0] ?? word) : word;
  });
  try {
    await (await idleProgram()).parseAsync(typed, { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? null : error.message;
  }
}

/** `FILE`, `PICTURE…`, or what a sentence fills in. */
export const isPlaceholder = (word: string): boolean => /^([A-Z]+…?|…)$/.test(word);

/**
 * The command that a sentence names, from the text after “airlock ”: its words as far as they are typed,
 * without what the sentence goes on with. Values that the sentence fills in stand there as `…`.
 */
export async function namedIn(text: string): Promise<string[]> {
  const words: string[] = [];
  const next = text.split(/\s+/);
  const take = (): boolean => {
    const word = next.shift() ?? '';
    words.push(word.replace(/[.,;:)”]+$/, ''));
    return !/[.,;:)”]$/.test(word);
  };
  let { command } = await commandOf([]);
  let goesOn = true;
  while (goesOn) {
    const word = (next[0] ?? '').replace(/[.,;:)”]+$/, '');
    const child = command.commands.find((each) => each.name() === word);
    if (child === undefined) break;
    command = child;
    goesOn = take();
  }
  // “(or --qr DIR)” shows another option of the same command.
  const another = () => /^\(?or$/.test(next[0] ?? '') && (next[1] ?? '').startsWith('--');
  while (goesOn && next.length > 0) {
    if (another()) next.shift();
    const word = next[0] ?? '';
    if (word.startsWith('--')) {
      const takesValue = optionOf(command, word.replace(/[.,;:)”]+$/, ''))?.required === true;
      goesOn = take();
      if (goesOn && takesValue) goesOn = take() || another();
      continue;
    }
    const bare = word.replace(/[.,;:)”]+$/, '');
    // Where a sentence fills in which subcommand it is, it names the command above.
    if (bare === '…' && command.commands.length > 0) break;
    const isUnknown = words.length === 0 && word !== '';
    if (!isPlaceholder(bare) && !isUnknown) break;
    goesOn = take();
  }
  return words;
}

/** Whether only the name of a command stands there, as sentences name it, without what it needs to run. */
export const isNameOnly = async (words: readonly string[]): Promise<boolean> => {
  const { command, rest } = await commandOf(words);
  return rest.length === 0 && command.parent !== null;
};
