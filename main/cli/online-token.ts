import { wipe } from '../../shared/bytes';
import { nonceWords } from '../../shared/words';
import { columns } from './lines';
import { json } from './online-output';
import { type OnlineFlags, refuseTwoReaders, requireIdentity, stationOf } from './online-session';
import { ceremonyNamed, homeOf, secretBytes } from './person';
import { CliError, type Terminal } from './terminal';

/** `airlock online cancel`. */
export async function cancel(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  const home = homeOf(terminal, flags);
  const identity = requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
  const { nonce } = await station.cancel({ ceremony, nonce: flags.nonce });
  terminal.print(
    flags.json
      ? json({ cancelled: true, nonce })
      : columns([
          ['Cancelled', `${nonceWords(nonce)}  (${nonce})`],
          ['Seen', 'the server has no such attempt any more'],
        ]),
  );
}

/** `airlock online revoke`. */
export async function revoke(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  if ((flags.accessor === undefined) === (flags.tokenFile === undefined)) {
    throw new CliError(
      'usage',
      'Name the token to revoke in one way: --accessor ACCESSOR, or --token-file FILE (- is standard input).',
    );
  }
  const home = homeOf(terminal, flags);
  const identity = requireIdentity(home);
  const ceremony = ceremonyNamed(home, flags.ceremony);
  const station = await stationOf(terminal, flags, home, identity);
  const token =
    flags.tokenFile === undefined ? undefined : await secretBytes(terminal, flags.tokenFile, 'token');
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
