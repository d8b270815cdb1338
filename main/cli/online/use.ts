import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import type { OnlineStation } from '../../online/online-station';
import { statementText } from '../../online/statement';
import { LiveTokenError } from '../../online/token/live-token-error';
import { refuseTwoReaders, tokenInput } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { asPerson, homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { type RecordFlags, record, withAgain } from './recorded';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';

interface UseFlags extends ServerFlags, RecordFlags {
  readonly tokenFile?: string;
}

/** `airlock online use`. */
export function defineUse(command: Command, terminal: Terminal): void {
  const useCommand = withServer(withPassphrase(withHome(command)))
    .argument('<what>', 'what the token was used for, in your own words; no secret')
    .option(
      '--token-file <file>',
      'the token itself, for its accessor on record as the server says it; - is standard input',
    );
  withAgain(withCeremony(useCommand, 'in whose transcript')).action((what: string, flags: UseFlags) =>
    use(terminal, what, flags),
  );
}

/** Without the token no server is asked: the person's word goes on record as it is. */
async function use(terminal: Terminal, words: string, flags: UseFlags): Promise<void> {
  refuseTwoReaders([flags.serverTokenFile, flags.tokenFile, flags.passphraseFile]);
  const text = statementText('token-used', words);
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  const { tokenFile } = flags;
  if (tokenFile === undefined) {
    return asPerson(terminal, home, flags, async (identity) =>
      record(terminal, flags, { home, identity, ceremony }, { kind: 'token-used', text }),
    );
  }
  return withStation(terminal, flags, home, async (station, identity) => {
    const accessor = await accessorOf(station, await tokenInput(terminal, tokenFile));
    record(terminal, flags, { home, identity, ceremony }, { kind: 'token-used', text, accessor });
  });
}

/** Wipes the token. Throws `LiveTokenError` 'unknown-token', `ServerError`. */
async function accessorOf(station: OnlineStation, token: Uint8Array): Promise<string | undefined> {
  try {
    const facts = await station.lookup(token);
    if (facts !== null) return facts.accessor || undefined;
  } finally {
    wipe(token);
  }
  throw new LiveTokenError(
    'unknown-token',
    "The server doesn't know this token: it was revoked already, it has ended, or it was never of this server. Nothing was put on record. Without --token-file no server is asked.",
  );
}
