import type { Command } from 'commander';
import { fromHex } from '../../../shared/bytes';
import type { Advice } from '../../../shared/ceremony/preflight';
import { ceremonyWords, nonceWords } from '../../../shared/words';
import type { AttemptResult } from '../../online/attempt/record';
import { valueText } from '../parts/format';
import { refuseTwoReaders } from '../parts/input-file';
import { incomingCarrier } from '../parts/message-files';
import { readOneMessage, withMessages } from '../parts/message-input';
import { type Destination, withDestination } from '../parts/message-output';
import { withPassphrase } from '../parts/passphrase';
import { homeOf, withHome } from '../parts/person';
import { columns, counted } from '../parts/table';
import type { Terminal } from '../parts/terminal';
import { announce, drawAfterStep, messageJson, messageName, writeAfterStep } from './made-message';
import { adviceText } from './preflight';
import { type ServerFlags, withServer, withStation } from './station';

interface OpenFlags extends ServerFlags, Destination {
  readonly message?: string[];
}

/** `airlock online start`. */
export function defineStart(command: Command, terminal: Terminal): void {
  withMessages(openCommand(command), "the officer's start message").action((flags: OpenFlags) =>
    open(terminal, flags, 'start'),
  );
}

/** `airlock online join`. */
export function defineJoin(command: Command, terminal: Terminal): void {
  withMessages(
    openCommand(command),
    "the other station's attempt message (with a PGP key, the officer's start message will do)",
  ).action((flags: OpenFlags) => open(terminal, flags, 'join'));
}

/** `airlock online amend`. */
export function defineAmend(command: Command, terminal: Terminal): void {
  withMessages(openCommand(command), "the officer's amendment message").action((flags: OpenFlags) =>
    open(terminal, flags, 'amend'),
  );
}

const openCommand = (command: Command): Command =>
  withDestination(withServer(withPassphrase(withHome(command))));

/**
 * Opens the attempt of a message at this station: begins it, takes part in it, or goes on by an amended plan.
 */
async function open(terminal: Terminal, flags: OpenFlags, how: 'start' | 'join' | 'amend'): Promise<void> {
  const paths = flags.message ?? [];
  refuseTwoReaders([flags.passphraseFile, flags.serverTokenFile, ...paths]);
  const home = homeOf(terminal, flags);
  const message = await readOneMessage(terminal, paths);
  const then = `The attempt is open on the server. Give “airlock online ${how}” again with another place, and it writes the same attempt's message.`;
  const made = await withStation(terminal, flags, home, async (station, identity) => {
    const carrier = incomingCarrier(paths);
    const told = (advice: readonly Advice[]): void => {
      const weighed = advice.filter(({ level }) => level !== 'good');
      if (weighed.length > 0) terminal.say(`${adviceText(weighed)}\n`);
    };
    const result = await station[how](message, { carrier, told });
    const written = writeAfterStep(result.message, flags, identity.station, then);
    if (flags.json) {
      terminal.print(valueText(flags, { ...attemptJson(result), ...messageJson(result.message, written) }));
      return result.message;
    }
    terminal.print(columns([['Taken', messageName(message)], ...attemptRows(result)]));
    const next = 'Show it to every custodian who gives a share here, and to the officer.';
    announce(terminal, result.message, written, next, flags);
    return result.message;
  });
  await drawAfterStep(made, flags, then);
}

const attemptRows = (result: AttemptResult): [string, string][] => [
  ['Ceremony', ceremonyWords(fromHex(result.ceremony))],
  ['Attempt', `${nonceWords(result.nonce)}  (${result.nonce})`],
  ['Progress', `${result.progress} of ${counted(result.required, 'share')}`],
  [
    'Token for',
    result.pgpFingerprint === '' ? 'the holder of the one-time password' : `PGP key ${result.pgpFingerprint}`,
  ],
];

const attemptJson = (result: AttemptResult) => ({
  ceremony: result.ceremony,
  words: ceremonyWords(fromHex(result.ceremony)),
  nonce: result.nonce,
  nonceWords: nonceWords(result.nonce),
  required: result.required,
  progress: result.progress,
  otpLength: result.otpLength,
  pgpFingerprint: result.pgpFingerprint,
});
