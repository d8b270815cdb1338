import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import { InputError } from '../../../shared/input/input-error';
import { tokenIn } from '../../../shared/input/token-text';
import type { OnlineStation } from '../../online/online-station';
import type { Revocation } from '../../online/token/revoke';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { refuseTwoReaders, tokenInput } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';

interface RevokeFlags extends ServerFlags {
  readonly accessor?: string;
  readonly tokenFile?: string;
  readonly ceremony?: string;
}

/** `airlock online revoke`. */
export function defineRevoke(command: Command, terminal: Terminal): void {
  const revokeCommand = withServer(withPassphrase(withHome(command)))
    .option('--accessor <accessor>', "the token's accessor; needs a server token that may revoke")
    .option('--token-file <file>', 'the token itself; - is standard input (default: asks for it)');
  withCeremony(revokeCommand, 'in whose transcript').action((flags: RevokeFlags) => revoke(terminal, flags));
}

async function revoke(terminal: Terminal, flags: RevokeFlags): Promise<void> {
  refuseTwoReaders([flags.serverTokenFile, flags.tokenFile, flags.passphraseFile]);
  if (flags.accessor !== undefined && flags.tokenFile !== undefined) throw new CliError('usage', oneWay);
  const home = homeOf(terminal, flags);
  onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  await withStation(terminal, flags, home, (station) => revokeAt(terminal, flags, station, ceremony));
}

async function revokeAt(
  terminal: Terminal,
  flags: RevokeFlags,
  station: OnlineStation,
  ceremony: string | undefined,
): Promise<void> {
  if (station.tokenKind({ ceremony }) === 'recovery') {
    show(terminal, flags, await station.proveEnded({ ceremony }));
    return;
  }
  const which =
    flags.accessor === undefined
      ? { token: await tokenOf(terminal, flags.tokenFile) }
      : { accessor: flags.accessor };
  try {
    show(terminal, flags, await station.revoke(which, { ceremony }));
  } finally {
    if ('token' in which) wipe(which.token);
  }
}

function show(terminal: Terminal, flags: RevokeFlags, { accessor, by, policies, proof }: Revocation): void {
  terminal.print(
    flags.json
      ? valueText(flags, { revoked: true, accessor, by, policies, proof })
      : columns([
          ['Revoked', ways[by]],
          ['Accessor', accessor],
          ['Policies', policies.join(', ')],
          ['Proof', proof],
        ]),
  );
}

const ways = {
  token: 'by the token itself',
  accessor: 'by accessor',
  restart: 'with recovery mode, which has ended',
} as const;

const oneWay =
  'Name the token to revoke in one way: type it when asked, or give --token-file FILE (- is standard input), or --accessor ACCESSOR.';

/**
 * The token's ASCII characters, from its file, or typed without echo. The caller wipes them. Throws
 * `CliError` 'usage' where nobody is there to type it, 'no-answer' where what was typed can be no token, and
 * 'unreadable-file', and `InputError` 'not-a-token'.
 */
async function tokenOf(terminal: Terminal, file: string | undefined): Promise<Uint8Array> {
  if (file !== undefined) return tokenInput(terminal, file);
  const typed = await terminal.askSecret('Token to revoke (it does not show): ');
  if (typed === null || typed.length === 0) throw new CliError('usage', oneWay);
  try {
    return tokenIn(typed, 'What is typed');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new CliError(
      'no-answer',
      'What was typed is no token: it has spaces in it, or characters that no token has. Nothing was revoked. Type it again.',
    );
  } finally {
    wipe(typed);
  }
}
