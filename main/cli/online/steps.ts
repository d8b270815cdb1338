import { AirlockError } from '../../../shared/airlock-error';
import { fromHex, toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords, digestWords, nonceWords } from '../../../shared/words';
import { AttemptError } from '../../online/attempt/attempt-error';
import { couldDecode } from '../../online/attempt/same-station';
import { type AttemptState, chooseAttempt, listAttempts, loadAttempt } from '../../online/attempt/state';
import { refuseClosed } from '../../online/attempt/watch';
import type { OnlineStation } from '../../online/online-station';
import type { ServerFacts } from '../../online/server/facts';
import type { SubmitResult } from '../../online/share/submit';
import type { Home } from '../../store/home';
import { readIdentity } from '../../store/identity';
import { readMessages, readOneMessage, type Written, writeMessage } from '../files';
import { ceremonyNamed, homeOf, unlock } from '../person';
import { columns, counted } from '../table';
import { CliError, type Terminal } from '../terminal';
import {
  announce,
  attemptJson,
  couldDecodeText,
  factsJson,
  factsText,
  json,
  messageJson,
  progressJson,
  progressText,
} from './output';
import {
  inwards,
  nobody,
  type OnlineFlags,
  outwards,
  refuseTwoReaders,
  stationOf,
  withStation,
} from './session';

/** `airlock online status`. */
export async function status(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  const home = homeOf(terminal, flags);
  const known = readIdentity(home);
  const wanted = flags.out !== undefined || flags.qr !== undefined || flags.passphraseFile !== undefined;
  if (!wanted || known === null) {
    if (wanted) await unlock(terminal, home, flags);
    const facts = await (await stationOf(terminal, flags, home, known ?? nobody(terminal))).facts();
    warnOfOthers(terminal, home, facts);
    terminal.print(flags.json ? json({ ...factsJson(facts), message: null }) : factsText(facts));
    if (!flags.json && known !== null) {
      terminal.say("To write the station message for the officer's laptop, add --out FILE or --qr DIR.\n");
    }
    return;
  }
  await withStation(terminal, flags, home, async (station, identity) => {
    const { facts, message } = await station.status({ carrier: outwards(flags) });
    warnOfOthers(terminal, home, facts);
    const written = writeMessage(message, flags, identity.station);
    if (flags.json) {
      terminal.print(json({ ...factsJson(facts), ...messageJson(message, written) }));
      return;
    }
    terminal.print(factsText(facts));
    announce(
      terminal,
      message,
      written,
      "Show it to the officer's laptop. Its key lives for 12 hours, until ".concat(
        message.envelope.body.station.expiresAt.slice(0, 16).replace('T', ' '),
        ' UTC.',
      ),
      flags,
    );
  });
}

/** `airlock online start` and `join`. */
export async function open(terminal: Terminal, flags: OnlineFlags, how: 'start' | 'join'): Promise<void> {
  refuseTwoReaders(flags);
  const home = homeOf(terminal, flags);
  const message = await readOneMessage(terminal, flags.message ?? []);
  await withStation(terminal, flags, home, async (station, identity) => {
    const carrier = inwards(flags);
    const result =
      how === 'start' ? await station.start(message, { carrier }) : await station.join(message, { carrier });
    const written = writtenAfter(
      () => writeMessage(result.message, flags, identity.station),
      `The attempt is open on the server. Give “airlock online ${how}” again with another place, and it writes the same attempt's message.`,
    );
    if (flags.json) {
      terminal.print(json({ ...attemptJson(result), ...messageJson(result.message, written) }));
      return;
    }
    terminal.print(
      columns([
        ['Taken', `${message.envelope.type} · ${digestWords(message.digest)}`],
        ['Ceremony', ceremonyWords(fromHex(result.ceremony))],
        ['Attempt', `${nonceWords(result.nonce)}  (${result.nonce})`],
        ['Progress', `${result.progress} of ${counted(result.required, 'share')}`],
        [
          'Token for',
          result.pgpFingerprint === ''
            ? 'the holder of the one-time password'
            : `PGP key ${result.pgpFingerprint}`,
        ],
      ]),
    );
    announce(
      terminal,
      result.message,
      written,
      'Show it to every custodian who gives a share here, and to the officer.',
      flags,
    );
  });
}

/** `airlock online submit`. */
export async function submit(terminal: Terminal, flags: OnlineFlags): Promise<void> {
  refuseTwoReaders(flags);
  const home = homeOf(terminal, flags);
  const messages = flags.message === undefined ? [] : await readMessages(terminal, flags.message);
  const named = ceremonyNamed(home, flags.ceremony);
  for (const message of messages) refuseOthers(message, named);
  await withStation(terminal, flags, home, async (station, identity) => {
    let last: SubmitResult | null = null;
    for (const message of messages) {
      if (last?.result) {
        await recordSurplus(terminal, station, message, flags);
        continue;
      }
      last = await station.submit(message, { carrier: inwards(flags) });
      if (!flags.json) terminal.print(progressText(message, last));
    }
    const result = last === null ? await station.result(named) : last.result;
    if (last === null && result === null) refuseWithoutResult(chooseAttempt(home, named));
    const written =
      result === null
        ? null
        : writtenAfter(
            () => writeMessage(result, flags, identity.station),
            'The attempt is finished, and its answer is kept here. Give “airlock online submit” without a message and with another place: it writes the result.',
          );
    const state = result === null ? null : stateOfResult(home, result);
    const decodable = state !== null && couldDecode(state);
    if (flags.json) {
      terminal.print(
        json({
          ...(last === null ? {} : progressJson(last)),
          complete: result !== null,
          ...(result === null || written === null
            ? { message: null }
            : {
                couldDecode: decodable,
                encodedToken: result.envelope.body.encodedToken,
                ...messageJson(result, written),
              }),
        }),
      );
      return;
    }
    if (result !== null && written !== null) {
      terminal.print(columns([['Encoded token', result.envelope.body.encodedToken]]));
      announce(
        terminal,
        result,
        written,
        "The attempt is finished. Show it to the officer's laptop, which decodes the token.",
        flags,
      );
      if (decodable) terminal.say(couldDecodeText(state.sameStationAllowed));
    }
  });
}

/** A named ceremony is the one that is meant: a share of another must not finish that one by mistake. */
function refuseOthers({ envelope: { type, ceremony } }: SignedMessage, named: string | undefined): void {
  if (named === undefined || ceremony === null || toHex(ceremony) === named) return;
  throw new CliError(
    'usage',
    `This ${type} message belongs to the ceremony “${ceremonyWords(ceremony)}”, and --ceremony names “${ceremonyWords(fromHex(named))}”. Nothing was submitted. Leave --ceremony out, or give the messages of that ceremony.`,
  );
}

/** A share that came after the last one: its custodian's transcript says that it was sent, so this one says where it ended. */
async function recordSurplus(
  terminal: Terminal,
  station: OnlineStation,
  message: SignedMessage,
  flags: OnlineFlags,
): Promise<void> {
  try {
    await station.submit(message, { carrier: inwards(flags) });
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error;
    terminal.say(
      `The ${message.envelope.type} message ${digestWords(message.digest)} was not needed any more: the attempt is finished. It was not submitted, and is on record as refused.\n`,
    );
  }
}

/** Says why there is no result: by where this station stands. Throws. */
function refuseWithoutResult(state: AttemptState): never {
  refuseClosed(state);
  throw new AttemptError(
    'no-attempt',
    'No result yet: the attempt is still open. Give the next share message with --message FILE.',
  );
}

/** Writes what came of a step that can't be taken back; where that fails, `then` says what stands and how to go on. */
function writtenAfter(write: () => Written, then: string): Written {
  try {
    return write();
  } catch (error) {
    if (error instanceof CliError && error.code === 'unwritable-file')
      throw new CliError(error.code, `${error.message} ${then}`);
    throw error;
  }
}

const stateOfResult = (home: Home, { envelope: { ceremony } }: SignedMessage): AttemptState | null =>
  ceremony === null ? null : loadAttempt(home, toHex(ceremony));

/** Whoever reaches the server can cancel an attempt or start another: looking at it is how that is noticed. */
function warnOfOthers(terminal: Terminal, home: Home, { attempt }: ServerFacts): void {
  for (const state of listAttempts(home)) {
    if (state.step !== 'open' || state.nonce === (attempt.open ? attempt.nonce : '')) continue;
    const { id, nonce } = state;
    terminal.say(
      `The attempt of ${ceremonyWords(fromHex(id))} (${nonceWords(nonce)}) ${attempt.open ? 'is gone from the server, and another stands in its place' : 'is not open on the server any more'}: another station finished it, or somebody cancelled it. Ask the officer whether a result arrived.\n`,
    );
  }
}
