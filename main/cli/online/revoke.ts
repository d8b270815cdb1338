import type { Command } from 'commander';
import { wipe } from '../../../shared/bytes';
import type { OnlineStation } from '../../online/online-station';
import type { Revocation } from '../../online/token/revoke';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { onRecord, type ServerFlags, withCeremony, withServer, withStation } from './station';
import { typedToken } from './typed-token';

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
      ? { token: await typedToken(terminal, flags.tokenFile, asked) }
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

const asked = {
  question: 'Token to revoke (it does not show): ',
  oneWay,
  undone: 'Nothing was revoked.',
} as const;
