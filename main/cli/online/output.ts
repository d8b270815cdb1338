import { fromHex, toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { ceremonyWords, digestWords, nonceWords } from '../../../shared/words';
import type { AttemptResult } from '../../online/attempt/record';
import type { ServerFacts } from '../../online/server/facts';
import type { SubmitResult } from '../../online/share/submit';
import type { Destination, Written } from '../files';
import { columns, counted } from '../table';
import type { Terminal } from '../terminal';

export const json = (value: unknown): string => `${JSON.stringify(value)}\n`;

export function factsText(facts: ServerFacts): string {
  const { server, attempt } = facts;
  return columns([
    ['Server', `${server.address}${facts.standby ? '  (standby; passes requests on)' : ''}`],
    ['Version', server.version],
    ['Cluster', [server.clusterName, server.clusterId].filter((text) => text !== '').join('  ')],
    ['Shares', `${facts.threshold} of ${facts.shares} make a quorum`],
    ['OTP length', facts.otpLength === 0 ? 'none named: a server of the UUID era' : facts.otpLength],
    ["Server's clock", facts.serverTime.toISOString().slice(0, 19).replace('T', ' ').concat(' UTC')],
    ['Way to a token', `${facts.dialect}${facts.tokenNeeded ? ' (with a server token)' : ''}`],
    [
      'Attempt',
      attempt.open
        ? `open: ${nonceWords(attempt.nonce)}  (${attempt.nonce}), ${attempt.progress} of ${attempt.required}`
        : 'none open',
    ],
  ]);
}

export const factsJson = (facts: ServerFacts) => ({
  server: facts.server,
  standby: facts.standby,
  threshold: facts.threshold,
  shares: facts.shares,
  otpLength: facts.otpLength,
  serverTime: facts.serverTime.toISOString(),
  dialect: facts.dialect,
  tokenNeeded: facts.tokenNeeded,
  attempt: facts.attempt.open
    ? {
        nonce: facts.attempt.nonce,
        words: nonceWords(facts.attempt.nonce),
        progress: facts.attempt.progress,
        required: facts.attempt.required,
        pgpFingerprint: facts.attempt.pgpFingerprint,
      }
    : null,
});

export const attemptJson = (result: AttemptResult) => ({
  ceremony: result.ceremony,
  words: ceremonyWords(fromHex(result.ceremony)),
  nonce: result.nonce,
  nonceWords: nonceWords(result.nonce),
  required: result.required,
  progress: result.progress,
  otpLength: result.otpLength,
  pgpFingerprint: result.pgpFingerprint,
});

export const progressJson = (result: SubmitResult) => ({
  ceremony: result.ceremony,
  nonce: result.nonce,
  progress: result.progress,
  required: result.required,
  sharesSeenHere: result.sharesSeenHere,
});

/** For a station that saw the one-time password and took the answer. `allowed`: by the officer's plan. */
export const couldDecodeText = (allowed: boolean): string =>
  `This station opened the one-time password and holds the encoded token now, so whoever controls it could read the root token. ${
    allowed
      ? 'The officer allowed that in the start message.'
      : 'The officer did not allow that: a share that came in between elsewhere made this one the last. It is on record as an exception. Tell the officer before the token is used.'
  }\n`;

export const progressText = ({ envelope, digest }: SignedMessage, result: SubmitResult): string =>
  columns([
    ['Taken', `${envelope.type} · ${digestWords(digest)}`],
    ['Share taken', `${result.progress} of ${result.required}`],
    [
      'Seen here',
      `${counted(result.sharesSeenHere, 'share message')} of this ceremony opened, in the clear${result.sharesSeenHere >= result.required ? ': as many as a whole quorum. Where they hold different shares, whoever controls this machine could rebuild the root key' : ''}`,
    ],
  ]);

export const messageJson = (message: SignedMessage, written: Written) => ({
  message: {
    type: message.envelope.type,
    digest: toHex(message.digest),
    words: digestWords(message.digest),
    ur: written.ur,
    files: written.files,
  },
});

/** Says what was written; without a place to write to, the message itself goes to standard output. */
export function announce(
  terminal: Terminal,
  message: SignedMessage,
  written: Written,
  next: string,
  flags: Destination,
): void {
  terminal.print('\n');
  terminal.print(
    columns([
      ['Message', `${message.envelope.type} · ${digestWords(message.digest)}`],
      ...written.files.map((file, i): [string, string] => [i === 0 ? 'Written' : '', file]),
    ]),
  );
  terminal.say(`${next}\n`);
  if (flags.out === undefined && flags.qr === undefined) terminal.print(`\n${written.ur}\n`);
}
