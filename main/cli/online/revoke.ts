import type { Command } from 'commander';
import { copySecret, wipe } from '../../../shared/bytes';
import type { OnlineStation } from '../../online/online-station';
import { CliError } from '../parts/cli-error';
import { refuseTwoReaders, secretBytes } from '../parts/input-file';
import { jsonLine } from '../parts/json-line';
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
export function registerRevoke(online: Command, terminal: Terminal): void {
  const revokeCommand = withServer(withPassphrase(withHome(online.command('revoke'))))
    .description('revoke a token, and see that the server no longer knows it')
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
  const which =
    flags.accessor === undefined
      ? { token: await tokenOf(terminal, flags.tokenFile) }
      : { accessor: flags.accessor };
  try {
    const { accessor, by, policies, proof } = await station.revoke(which, { ceremony });
    terminal.print(
      flags.json
        ? jsonLine({ revoked: true, accessor, by, policies, proof })
        : columns([
            ['Revoked', `by ${by === 'token' ? 'the token itself' : 'accessor'}`],
            ['Accessor', accessor],
            ['Policies', policies.join(', ')],
            ['Proof', proof],
          ]),
    );
  } finally {
    if ('token' in which) wipe(which.token);
  }
}

const oneWay =
  'Name the token to revoke in one way: type it when asked, or give --token-file FILE (- is standard input), or --accessor ACCESSOR.';

/**
 * The token's ASCII characters, from its file, or typed without echo. The caller wipes them. Throws
 * `CliError` 'usage' where nobody is there to type it, 'no-answer' where what was typed can be no token, and
 * 'unreadable-file'.
 */
async function tokenOf(terminal: Terminal, file: string | undefined): Promise<Uint8Array> {
  if (file !== undefined) return secretBytes(terminal, file, 'token');
  const typed = await terminal.askSecret('Token to revoke (it does not show): ');
  const token = copySecret(withoutSpaces(typed ?? new Uint8Array()));
  wipe(typed ?? undefined);
  if (token.length === 0) throw new CliError('usage', oneWay);
  if (!token.every((byte) => byte > SPACE && byte < 0x7f)) {
    wipe(token);
    throw new CliError(
      'no-answer',
      'What was typed is no token: it has spaces in it, or characters that no token has. Nothing was revoked. Type it again.',
    );
  }
  return token;
}

const SPACE = 0x20;

/** What was typed, without the spaces before and after it: a view. */
const withoutSpaces = (typed: Uint8Array): Uint8Array =>
  typed.subarray(
    Math.max(
      0,
      typed.findIndex((byte) => byte !== SPACE),
    ),
    typed.findLastIndex((byte) => byte !== SPACE) + 1,
  );
