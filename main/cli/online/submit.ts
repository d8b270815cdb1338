import type { Command } from 'commander';
import { AirlockError } from '../../../shared/airlock-error';
import { fromHex, toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords } from '../../../shared/words';
import { AttemptError } from '../../online/attempt/attempt-error';
import { couldDecode } from '../../online/attempt/same-station';
import { type AttemptState, chooseAttempt, loadAttempt } from '../../online/attempt/state';
import { refuseClosed } from '../../online/attempt/watch';
import type { OnlineStation } from '../../online/online-station';
import type { SubmitResult } from '../../online/share/submit';
import type { Home } from '../../store/home';
import { CliError } from '../parts/cli-error';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { incomingCarrier } from '../parts/message-files';
import { readMessages, withMessages } from '../parts/message-input';
import { type Destination, withDestination } from '../parts/message-output';
import { namedCeremony } from '../parts/named-ceremony';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { announce, drawAfterStep, messageJson, writeAfterStep } from './made-message';
import { type ServerFlags, withCeremony, withServer, withStation } from './station';
import { couldDecodeText, progressJson, progressText, surplusText } from './submitted';

interface SubmitFlags extends ServerFlags, Destination {
  readonly message?: string[];
  readonly ceremony?: string;
  readonly newKey?: boolean;
}

/** `airlock online submit`. */
export function defineSubmit(command: Command, terminal: Terminal): void {
  const submitCommand = withMessages(
    withDestination(withServer(withPassphrase(withHome(command)))),
    "custodians' share messages",
  );
  submitCommand.option(
    '--new-key',
    'without a message: make the result anew, with a new key to hand the token over to; the old key is destroyed',
  );
  withCeremony(submitCommand, 'which ceremony, without a message').action((flags: SubmitFlags) =>
    submit(terminal, flags),
  );
}

async function submit(terminal: Terminal, flags: SubmitFlags): Promise<void> {
  const paths = flags.message ?? [];
  if (flags.newKey && paths.length > 0)
    throw new CliError(
      'usage',
      'The result is made anew without a message: give --new-key alone, or --message.',
    );
  refuseTwoReaders([flags.passphraseFile, flags.serverTokenFile, ...paths]);
  const home = homeOf(terminal, flags);
  const messages = await readMessages(terminal, paths);
  const named = namedCeremony(home, flags.ceremony);
  for (const message of messages) refuseOthers(message, named);
  const made = await withStation(terminal, flags, home, async (station, identity) => {
    const last = await submitAll(terminal, station, messages, flags);
    const kept = last === null ? await station.result(named) : last.result;
    const result = flags.newKey && kept !== null ? await station.renewResult(named) : kept;
    if (last === null && result === null) await refuseWithoutResult(station, chooseAttempt(home, named));
    const progress = last === null ? {} : progressJson(last);
    if (result !== null) showResult(terminal, home, result, progress, identity.station, flags);
    else if (flags.json) terminal.print(valueText(flags, { ...progress, complete: false, message: null }));
    return result;
  });
  if (made !== null) await drawAfterStep(made, flags, finished);
}

/** What stands where the result could not be handed out. */
const finished =
  'The attempt is finished, and its answer is kept here. Give “airlock online submit” without a message and with another place: it writes the result.';

/**
 * Gives the messages to the server, one by one. Returns what came of the last one that was needed, null of
 * none.
 */
async function submitAll(
  terminal: Terminal,
  station: OnlineStation,
  messages: readonly SignedMessage[],
  flags: SubmitFlags,
): Promise<SubmitResult | null> {
  const carrier = incomingCarrier(flags.message ?? []);
  let last: SubmitResult | null = null;
  for (const message of messages) {
    if (last?.result) {
      await recordSurplus(terminal, message, () => station.submit(message, { carrier }));
      continue;
    }
    last = await station.submit(message, { carrier });
    if (!flags.json) terminal.print(progressText(message, last));
  }
  return last;
}

/**
 * Writes the result message, and shows it. `progress`: what the JSON says besides of the share that made it.
 */
function showResult(
  terminal: Terminal,
  home: Home,
  result: SignedMessage<'result'>,
  progress: object,
  label: string,
  flags: SubmitFlags,
): void {
  const written = writeAfterStep(result, flags, label, finished);
  const { ceremony, body } = result.envelope;
  const { encodedToken } = body;
  const state = ceremony === null ? null : loadAttempt(home, toHex(ceremony));
  const decodable = state !== null && couldDecode(state);
  if (flags.json) {
    const message = messageJson(result, written);
    terminal.print(
      valueText(flags, { ...progress, complete: true, couldDecode: decodable, encodedToken, ...message }),
    );
    return;
  }
  terminal.print(columns([['Encoded token', encodedToken]]));
  const next = "The attempt is finished. Show it to the officer's laptop, which decodes the token.";
  announce(terminal, result, written, next, flags);
  if (decodable) terminal.say(couldDecodeText(state.sameStationAllowed));
}

/** A named ceremony is the one that is meant: a share of another must not finish that one by mistake. */
function refuseOthers({ envelope: { type, ceremony } }: SignedMessage, named: string | undefined): void {
  if (named === undefined || ceremony === null || toHex(ceremony) === named) return;
  throw new CliError(
    'usage',
    `This ${type} message belongs to the ceremony “${ceremonyWords(ceremony)}”, and --ceremony names “${ceremonyWords(fromHex(named))}”. Nothing was submitted. Leave --ceremony out, or give the messages of that ceremony.`,
  );
}

/**
 * Lets the station refuse a share that came after the last one. Its custodian's transcript says that it was
 * sent, so this station's transcript has to say where it ended.
 */
async function recordSurplus(
  terminal: Terminal,
  message: SignedMessage,
  submitIt: () => Promise<unknown>,
): Promise<void> {
  try {
    await submitIt();
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error;
    terminal.say(surplusText(message));
  }
}

/**
 * Says why there is no result, by where this station stands and what the server has. Throws `AttemptError`
 * 'no-attempt', 'attempt-changed', 'answer-lost', and `ServerError`.
 */
async function refuseWithoutResult(station: OnlineStation, state: AttemptState): Promise<never> {
  refuseClosed(state);
  await station.confirmOpen(state.id);
  throw new AttemptError(
    'no-attempt',
    'No result yet: the attempt is still open. Give the next share message with --message FILE.',
  );
}
