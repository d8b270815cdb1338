import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import { putOnRecord, type Statement } from '../../online/statement';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import { type FormatFlags, valueText } from '../parts/format';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/** Options of what a person puts on record. */
export interface RecordFlags extends FormatFlags {
  readonly ceremony?: string;
  readonly again?: boolean;
}

/** Adds `--again`. */
export const withAgain = (command: Command): Command =>
  command.option('--again', 'also where the transcript is signed off, which then needs a new sign-off');

/**
 * Puts a statement on record in the ceremony (hex), and says where it stands. Throws as `putOnRecord` does.
 */
export function record(
  terminal: Terminal,
  flags: RecordFlags,
  { home, identity, ceremony }: { home: Home; identity: Identity; ceremony: string | undefined },
  statement: Statement,
): void {
  const recorder = { home, identity, clock: () => terminal.now() };
  const state = putOnRecord(recorder, statement, { ceremony, again: flags.again });
  const { kind, text, accessor } = statement;
  const words = state === null ? null : ceremonyWords(fromHex(state.id));
  terminal.print(
    flags.json
      ? valueText(flags, { recorded: kind, text, accessor, ceremony: state?.id ?? null, words })
      : columns([
          [names[kind], text],
          ['Accessor', accessor],
          ['On record', words === null ? 'in the journal of this home: it has no ceremony' : `in ${words}`],
        ]),
  );
}

const names = { 'token-used': 'Token used', note: 'Noted', exception: 'Exception' } as const;
