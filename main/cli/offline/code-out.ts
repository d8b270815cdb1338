import type { Command } from 'commander';
import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { digestWords } from '../../../shared/words';
import { drawMessage, drawsCode } from '../parts/drawn-message';
import { valueText } from '../parts/format';
import { type Destination, isOnScreen, withDestination, writeMessage } from '../parts/message-output';
import { columns, fileRows } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import type { LaptopFlags } from './laptop';

/** Options of a step that makes a message for another station. */
export interface CodeFlags extends LaptopFlags, Destination {
  readonly show?: boolean;
}

export type Rows = readonly (readonly [string, string | undefined])[];

/** Adds `--out`, `--qr` and `--show`. `what`: which message they are for. */
export const withCode = (command: Command, what: string): Command =>
  withDestination(command, what).option('--show', `draw the code of the ${what} message in this terminal`);

/** Prints what came of a step: `value` with `--json`, else the rows. */
export function answer(terminal: Terminal, flags: LaptopFlags, value: object, rows: Rows): void {
  terminal.print(flags.json ? valueText(flags, value) : columns(rows));
}

/**
 * Hands a message out that a step has made: to files, as a code in the terminal, else as text. `label`: whose
 * it is; `next`: where to carry it. Throws `CliError` 'unwritable-file' and `QrError` 'no-room'; the step
 * stands then, and giving the command again hands out the same message.
 */
export async function handOut(
  terminal: Terminal,
  flags: CodeFlags,
  message: SignedMessage,
  label: string,
  said: { readonly value: object; readonly rows: Rows; readonly next: string },
): Promise<void> {
  const written = writeMessage(message, flags, label);
  const words = digestWords(message.digest);
  const { type } = message.envelope;
  const made = { type, digest: toHex(message.digest), words, ur: written.ur, files: written.files };
  answer(terminal, flags, { ...said.value, message: made }, [
    ...said.rows,
    ['Message', `${type} · ${words}`],
    ...fileRows(written.files),
  ]);
  if (flags.json) return;
  terminal.say(`${said.next}\n`);
  if (isOnScreen(flags)) terminal.print(`\n${written.ur}\n`);
  if (flags.show === true || drawsCode(flags)) await drawMessage(message);
}
