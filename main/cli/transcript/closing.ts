import type { Command } from 'commander';
import { valueText } from '../parts/format';
import type { Written } from '../parts/message-output';
import type { HomeFlags } from '../parts/person';
import type { Terminal } from '../parts/terminal';

/** Options of the commands that close the transcript of one ceremony. */
export interface CeremonyFlags extends HomeFlags {
  readonly ceremony?: string;
}

/** Adds `--ceremony`. */
export const withCeremony = (command: Command): Command =>
  command.option('--ceremony <words>', 'which ceremony: its two words or its id');

/** Where the message that was made is to be had: in files, else on the screen. */
export const placeLines = ({ files, ur }: Written): string[] =>
  files.length === 0 ? ['', ur, ''] : files.map((file) => `Wrote      ${file}`);

/** Prints what came of a step: `value` with `--json`, else the lines. */
export function answer(terminal: Terminal, flags: HomeFlags, value: object, lines: readonly string[]): void {
  terminal.print(flags.json ? valueText(flags, value) : `${lines.join('\n')}\n`);
}
