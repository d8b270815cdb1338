import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import { ceremonyWords, nonceWords } from '../../../shared/words';
import { listAttempts } from '../../online/attempt/state';
import type { ServerFacts } from '../../online/server/facts';
import type { Home } from '../../store/home';
import { readIdentity } from '../../store/identity';
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
import { announce, messageJson } from './made-message';
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
  if (isOnScreen(flags) && flags.passphraseFile === undefined) await look(terminal, home, flags);
  else await introduce(terminal, home, flags);
}

/** Shows what the server says, to anyone: nothing is signed. */
async function look(terminal: Terminal, home: Home, flags: StatusFlags): Promise<void> {
  const known = readIdentity(home);
  const facts = await (await stationOf(terminal, flags, home, known ?? nobody(terminal))).facts();
  warnOfOthers(terminal, home, facts);
  terminal.print(flags.json ? valueText(flags, { ...factsJson(facts), message: null }) : factsText(facts));
  if (!flags.json && known !== null) {
    terminal.say("To write the station message for the officer's laptop, add --out FILE or --qr DIR.\n");
  }
}

/** Makes the station's message besides, as the person of this home. */
async function introduce(terminal: Terminal, home: Home, flags: StatusFlags): Promise<void> {
  await withStation(terminal, flags, home, async (station, identity) => {
    const { facts, message } = await station.status({ carrier: outgoingCarrier(flags) });
    warnOfOthers(terminal, home, facts);
    const written = writeMessage(message, flags, identity.station);
    if (flags.json) {
      terminal.print(valueText(flags, { ...factsJson(facts), ...messageJson(message, written) }));
      return;
    }
    terminal.print(factsText(facts));
    const until = message.envelope.body.station.expiresAt.slice(0, 16).replace('T', ' ');
    const next = `Show it to the officer's laptop. Its key lives for 12 hours, until ${until} UTC.`;
    announce(terminal, message, written, next, flags);
  });
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
