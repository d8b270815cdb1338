import { wipe } from '../../../shared/bytes';
import { nonceWords } from '../../../shared/words';
import type { OnlineStation } from '../../online/online-station';
import { ceremonyNamed, homeOf, secretBytes } from '../person';
import { columns } from '../table';
import { CliError, type Terminal } from '../terminal';
import { json } from './output';
import { type OnlineFlags, refuseTwoReaders, requireIdentity, withStation } from './session';

/** `airlock online cancel`. */
export async function cancel(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  const home = homeOf(terminal, flags);
  requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  await withStation(terminal, flags, home, async (station) => {
    const { nonce } = await station.cancel({ ceremony, nonce: flags.nonce });
    terminal.print(
      flags.json
        ? json({ cancelled: true, nonce })
        : columns([
            ['Cancelled', `${nonceWords(nonce)}  (${nonce})`],
            ['Seen', 'the server has no such attempt any more'],
          ]),
    );
  });
}

const ONE_WAY =
  'Name the token to revoke in one way: type it when asked, or give --token-file FILE (- is standard input), or --accessor ACCESSOR.';

/** The token, from its file, or typed without echo. Throws `CliError` 'usage' where nobody is there to type it. */
async function tokenOf(terminal: Terminal, { tokenFile }: OnlineFlags): Promise<Uint8Array> {
  if (tokenFile !== undefined) return secretBytes(terminal, tokenFile, 'token');
  const typed = await terminal.askSecret('Token to revoke (it does not show): ');
  const token = typed?.filter((byte, at) => byte !== SPACE || !isAtAnEnd(typed, at));
  wipe(typed ?? undefined);
  if (token === undefined || token.length === 0) throw new CliError('usage', ONE_WAY);
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

const isAtAnEnd = (typed: Uint8Array, at: number): boolean =>
  typed.subarray(0, at).every((byte) => byte === SPACE) || typed.subarray(at).every((byte) => byte === SPACE);

/** `airlock online revoke`. */
export async function revoke(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  if (flags.accessor !== undefined && flags.tokenFile !== undefined) throw new CliError('usage', ONE_WAY);
  const home = homeOf(terminal, flags);
  requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  await withStation(terminal, flags, home, (station) => revokeAt(terminal, flags, station, ceremony));
}

async function revokeAt(
  terminal: Terminal,
  flags: OnlineFlags,
  station: OnlineStation,
  ceremony: string | undefined,
): Promise<void> {
  const token = flags.accessor === undefined ? await tokenOf(terminal, flags) : undefined;
  try {
    const revoked = await station.revoke(
      token === undefined ? { accessor: flags.accessor ?? '' } : { token },
      { ceremony },
    );
    terminal.print(
      flags.json
        ? json({
            revoked: true,
            accessor: revoked.accessor,
            by: revoked.by,
            policies: revoked.policies,
            proof: revoked.proof,
          })
        : columns([
            ['Revoked', `by ${revoked.by === 'token' ? 'the token itself' : 'accessor'}`],
            ['Accessor', revoked.accessor],
            ['Policies', revoked.policies.join(', ')],
            ['Proof', revoked.proof],
          ]),
    );
  } finally {
    wipe(token);
  }
}
