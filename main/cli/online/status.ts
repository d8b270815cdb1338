import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords, nonceWords } from '../../../shared/words';
import { listAttempts } from '../../online/attempt/state';
import type { ServerFacts } from '../../online/server/facts';
import type { Home } from '../../store/home';
import { readIdentity } from '../../store/identity';
import { CliError } from '../parts/cli-error';
import { drawsCode } from '../parts/drawn-message';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import {
  type Destination,
  isOnScreen,
  outgoingCarrier,
  withDestination,
  writeMessage,
} from '../parts/message-output';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import type { Terminal } from '../parts/terminal';
import { announce, drawAfterStep, messageJson } from './made-message';
import { factsJson, factsText } from './server-facts';
import { nobody, type ServerFlags, stationOf, withServer, withStation } from './station';

interface StatusFlags extends ServerFlags, Destination {}

/** `airlock online status`. */
export function defineStatus(command: Command, terminal: Terminal): void {
  withDestination(withServer(withPassphrase(withHome(command))))
    .option('--rehearsal', 'mark the ceremony to come as a rehearsal')
    .action((flags: StatusFlags) => status(terminal, flags));
}

async function status(terminal: Terminal, flags: StatusFlags): Promise<void> {
  refuseTwoReaders([flags.passphraseFile, flags.serverTokenFile]);
  const home = homeOf(terminal, flags);
  if (!isOnScreen(flags) || flags.passphraseFile !== undefined) await introduce(terminal, home, flags);
  else if (await look(terminal, home, flags)) await offerCode(terminal, home, flags);
}

/**
 * Shows what the server says, to anyone: nothing is signed. Says whether the message of this home's station
 * may follow.
 */
async function look(terminal: Terminal, home: Home, flags: StatusFlags): Promise<boolean> {
  const known = readIdentity(home);
  const facts = await (await stationOf(terminal, flags, home, known ?? nobody(terminal))).facts();
  warnOfOthers(terminal, home, facts);
  terminal.print(flags.json ? valueText(flags, { ...factsJson(facts), message: null }) : factsText(facts));
  if (flags.json || known === null) return false;
  // What came from standard input can't be read again.
  if (drawsCode(flags) && known.role === 'operator' && flags.serverTokenFile !== '-') return true;
  terminal.say(hint);
  return false;
}

const hint = "To write the station message for the officer's laptop, add --out FILE or --qr DIR.\n";

/** Draws the station's code for whoever sits at the terminal and has the passphrase. */
async function offerCode(terminal: Terminal, home: Home, flags: StatusFlags): Promise<void> {
  terminal.say(
    "\nThe passphrase signs the station's code for the officer's laptop, and draws it. Enter alone ends here.\n",
  );
  try {
    await introduce(terminal, home, flags, 'shown');
  } catch (error) {
    if (!(error instanceof CliError && error.code === 'no-passphrase')) throw error;
    terminal.say(hint);
  }
}

/**
 * Makes the station's message besides, as the person of this home. `seen`: whether what the server says is on
 * the screen already.
 */
async function introduce(
  terminal: Terminal,
  home: Home,
  flags: StatusFlags,
  seen: 'new' | 'shown' = 'new',
): Promise<void> {
  const carrier = drawsCode(flags) && !flags.json ? 'qr' : outgoingCarrier(flags);
  const made = await withStation(terminal, flags, home, async (station, identity) => {
    const { facts, message } = await station.status({ carrier });
    const written = writeMessage(message, flags, identity.station);
    if (flags.json) {
      warnOfOthers(terminal, home, facts);
      terminal.print(valueText(flags, { ...factsJson(facts), ...messageJson(message, written) }));
      return message;
    }
    if (seen === 'new') {
      warnOfOthers(terminal, home, facts);
      terminal.print(factsText(facts));
    }
    const until = message.envelope.body.station.expiresAt.slice(0, 16).replace('T', ' ');
    const next = `Show it to the officer's laptop. Its key lives for 12 hours, until ${until} UTC.`;
    announce(terminal, message, written, next, flags);
    return message;
  });
  await drawAfterStep(made, flags, 'Give “airlock online status” again then: it makes another message.');
}

/** Whoever reaches the server can cancel an attempt or start another. Only a look at the server shows it. */
function warnOfOthers(terminal: Terminal, home: Home, { attempt }: ServerFacts): void {
  for (const state of listAttempts(home)) {
    if (state.step !== 'open' || state.nonce === (attempt.open ? attempt.nonce : '')) continue;
    const { id, nonce } = state;
    terminal.say(
      `The attempt of ${ceremonyWords(fromHex(id))} (${nonceWords(nonce)}) ${attempt.open ? 'is gone from the server, and another stands in its place' : 'is not open on the server any more'}: another station finished it, or somebody cancelled it. Ask the officer whether a result arrived.\n`,
    );
  }
}
