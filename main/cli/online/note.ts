import type { Command } from 'commander';
import { statementText } from '../../online/statement';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, type HomeFlags, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { type RecordFlags, record, withAgain } from './recorded';
import { onRecord, withCeremony } from './station';

interface NoteFlags extends HomeFlags, RecordFlags {
  readonly exception?: boolean;
}

/** `airlock online note`. */
export function defineNote(command: Command, terminal: Terminal): void {
  const noteCommand = withPassphrase(withHome(command))
    .argument('<text>', 'a sentence in your own words; no secret')
    .option('--exception', 'it is an exception: something did not go as planned');
  withAgain(withCeremony(noteCommand, 'in whose transcript')).action((text: string, flags: NoteFlags) =>
    note(terminal, text, flags),
  );
}

/** Asks no server. */
async function note(terminal: Terminal, words: string, flags: NoteFlags): Promise<void> {
  const kind = flags.exception ? 'exception' : 'note';
  const text = statementText(kind, words);
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  await asPerson(terminal, home, flags, async (identity) =>
    record(terminal, flags, { home, identity, ceremony }, { kind, text }),
  );
}
