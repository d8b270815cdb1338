import type { Command, Option } from 'commander';
import type { Terminal } from './terminal';

/** Makes the command line with every command loaded. */
export type WholeProgram = (terminal: Terminal) => Promise<Command>;

/** An option as it is described: its flags as they are typed, with what it takes. */
export interface DescribedOption {
  /** `--format` */
  readonly name: string;
  /** `<format>`; '' where it takes nothing. */
  readonly takes: string;
  readonly what: string;
  /** What it can be, where there is a list. */
  readonly choices: readonly string[];
}

/** A command as help says it, for whoever describes all of them. */
export interface Described {
  /** As it is typed, `airlock` included. */
  readonly path: string;
  /** `<file...>`; '' where it takes no arguments. */
  readonly takes: string;
  readonly what: string;
  readonly options: readonly DescribedOption[];
  readonly commands: readonly Described[];
}

/** A command of the whole program, with all that are below it. */
export function described(command: Command, above = ''): Described {
  const path = above === '' ? command.name() : `${above} ${command.name()}`;
  return {
    path,
    takes: command.registeredArguments
      .map((argument) => (argument.variadic ? `<${argument.name()}...>` : `<${argument.name()}>`))
      .join(' '),
    what: command.description(),
    options: [...command.options.map(describedOption), help],
    commands: command.commands.map((child) => described(child, path)),
  };
}

/** A command and all that are below it. */
export function* withAllBelow(command: Described): Generator<Described> {
  yield command;
  for (const child of command.commands) yield* withAllBelow(child);
}

/** The last word of what is typed for a command. */
export const nameIn = ({ path }: Described): string => path.slice(path.lastIndexOf(' ') + 1);

const help: DescribedOption = { name: '--help', takes: '', what: 'show help', choices: [] };

const describedOption = ({
  long,
  flags,
  description,
  argChoices = [],
  defaultValue,
}: Option): DescribedOption => ({
  name: long ?? flags,
  takes: /[<[].*$/.exec(flags)?.[0] ?? '',
  what: `${description}${defaultValue === undefined ? '' : ` (default: ${String(defaultValue)})`}`,
  choices: argChoices,
});
