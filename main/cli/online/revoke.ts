import type { Command } from 'commander';
import { asciiBytes, wipe } from '../../../shared/bytes';
import { CliError } from '../parts/cli-error';
import { refuseTwoReaders, secretBytes } from '../parts/input-file';
import { jsonLine } from '../parts/json-line';
import { namedCeremony } from '../parts/named-ceremony';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, stationOf, withCeremony, withServer } from './station';

interface RevokeFlags extends ServerFlags {
  readonly accessor?: string;
  readonly tokenFile?: string;
  readonly ceremony?: string;
}

/** `airlock online revoke`. */
export function registerRevoke(online: Command, terminal: Terminal): void {
  const revokeCommand = withServer(withHome(online.command('revoke')))
    .description('revoke a token, and see that the server no longer knows it')
    .option('--accessor <accessor>', "the token's accessor; needs a server token that may revoke")
    .option('--token-file <file>', 'the token itself; - is standard input (default: asks for it)');
  withCeremony(revokeCommand, 'in whose transcript').action((flags: RevokeFlags) => revoke(terminal, flags));
}

async function revoke(terminal: Terminal, flags: RevokeFlags): Promise<void> {
  refuseTwoReaders([flags.serverTokenFile, flags.tokenFile]);
  if (flags.accessor !== undefined && flags.tokenFile !== undefined) throw new CliError('usage', oneWay);
  const home = homeOf(terminal, flags);
  const identity = onRecord(home);
  const ceremony = namedCeremony(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
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
 * The token's ASCII characters, from its file, or typed without echo. The caller wipes them. Throws `CliError` 'usage' where
 * nobody is there to type it, 'no-answer' where what was typed can be no token, and 'unreadable-file'.
 */
async function tokenOf(terminal: Terminal, file: string | undefined): Promise<Uint8Array> {
  if (file !== undefined) return secretBytes(terminal, file, 'token');
  const typed = (await terminal.askSecret('Token to revoke (it does not show): '))?.trim();
  if (!typed) throw new CliError('usage', oneWay);
  if (!/^[!-~]+$/.test(typed)) {
    throw new CliError(
      'no-answer',
      'What was typed is no token: it has spaces in it, or characters that no token has. Nothing was revoked. Type it again.',
    );
  }
  return asciiBytes(typed);
}
