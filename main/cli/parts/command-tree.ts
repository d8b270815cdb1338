import type { Command } from 'commander';
import type { Terminal } from './terminal';

/** Gives a command its arguments, options and action. Its name and description are there already. */
export type CommandDefinition = (command: Command, terminal: Terminal) => void;

/** A command that does something: what help of the level above says of it, and where the rest of it is. */
export interface CommandLeaf {
  readonly name: string;
  /** Its arguments as help shows them, such as `<file...>`. */
  readonly takes?: string;
  readonly summary: string;
  /** That it has no option but `--help`. */
  readonly hasNoOptions?: true;
  /** Loads the command's own code, with everything that it works with. */
  readonly load: () => Promise<CommandDefinition>;
}

/** A command that only has others below it. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
}

export type CommandEntry = CommandLeaf | CommandGroup;

/** Which commands are loaded: all, or the one that these words name, the program's own name left out. */
export type Wanted = 'all' | readonly string[];

/**
 * Adds commands to one above them. Those that are wanted are loaded and are whole. Of the others there is as
 * much as help of the level above and “did you mean” need: a start of the program must not read megabytes of
 * code for commands that nobody typed.
 */
export async function addCommands(
  parent: Command,
  entries: readonly CommandEntry[],
  terminal: Terminal,
  wanted: Wanted,
): Promise<void> {
  for (const entry of entries) {
    const command = parent.command(entry.name).description(entry.summary);
    const isWanted = wanted === 'all' || wanted[0] === entry.name;
    if ('commands' in entry) {
      const below = wanted === 'all' ? wanted : isWanted ? wanted.slice(1) : [];
      await addCommands(command, entry.commands, terminal, below);
    } else if (isWanted) {
      const define = await entry.load();
      define(command, terminal);
    } else standIn(command, entry);
  }
}

/** Lets a command that isn't loaded look in help as if it were. */
function standIn(command: Command, { name, takes, hasNoOptions }: CommandLeaf): void {
  if (takes !== undefined) command.arguments(takes);
  // Help says `[options]` of a command that has any.
  if (!hasNoOptions) command.option('--loaded-later');
  command.action(() => {
    throw new Error(`“${name}” was not loaded`);
  });
}

/**
 * The words that can name a command: commander passes over `--`, and `help` stands before the name of a
 * command as well as `--help` behind it.
 */
export const commandWords = (args: readonly string[]): readonly string[] =>
  args.filter((word) => word !== '--' && word !== 'help');
