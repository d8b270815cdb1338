import type { Command } from 'commander';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { nonceWords } from '../../../shared/words';
import { StationError } from '../../station/station-error';
import { CliError } from '../parts/cli-error';
import { withMessages } from '../parts/message-input';
import type { Terminal } from '../parts/terminal';
import { ceremonyJson } from './ceremony-facts';
import { answer } from './code-out';
import { atLaptop, type Laptop, type LaptopFlags, openCeremony, takeMessage, withLaptop } from './laptop';
import { tokenFacts, tokenRows } from './token-facts';

interface ResultFlags extends LaptopFlags {
  readonly message?: string[];
  readonly encodedToken?: string;
  readonly nonce?: string;
}

/** `airlock offline result`. */
export function defineResult(command: Command, terminal: Terminal): void {
  withMessages(withLaptop(command), "the station's result message")
    .option('--encoded-token <text>', 'without a message: what the plain command line printed, unsigned')
    .option('--nonce <nonce>', 'its nonce, where one was printed')
    .action((flags: ResultFlags) =>
      atLaptop(terminal, flags, flags.message ?? [], (laptop) => result(laptop, flags)),
    );
}

async function result(laptop: Laptop, flags: ResultFlags): Promise<void> {
  const { terminal, station, passphrase } = laptop;
  if (flags.message !== undefined && flags.encodedToken !== undefined)
    throw new CliError('usage', 'Give the result in one way: --message FILE, or --encoded-token TEXT.');
  await openCeremony(laptop, flags);
  const desk = station.officer();
  if (flags.message !== undefined) terminal.say(`${await takeMessage(laptop, flags.message, 'result')}\n`);
  else if (flags.encodedToken !== undefined)
    await desk.result.takeEncodedToken(flags.encodedToken, flags.nonce ?? '');
  if (!('result' in desk.state))
    throw new StationError(
      'no-message',
      'No result was taken in here yet. Give its message: --message FILE.',
    );
  await desk.token.decode(passphrase);
  const { state } = desk;
  const taken = 'result' in state ? state.result : null;
  answer(
    terminal,
    flags,
    { ...ceremonyJson(state), signedBy: taken?.signedBy ?? null, token: tokenFacts(state) },
    [
      ['Signed by', taken?.signedBy ?? 'nobody: it came unsigned, and that is on record'],
      ['Attempt', taken?.nonce ? nonceWords(taken.nonce) : undefined],
      ...tokenRows(state),
    ],
  );
  if (!flags.json)
    terminal.say(
      `The token is decoded, and was not shown. It is alive until it ${tokenKindWords(state.draft.tokenKind).isDead}: airlock offline token --reveal\n`,
    );
}
