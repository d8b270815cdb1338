import { fromHex } from '../bytes';
import type { JournalLine } from '../transcript/event';
import { eventWords } from '../transcript/event-words';
import { digestWords } from '../words';
import type { OwnStep } from './script';

/** Which step of the program's own an officer's journal line records; null: none. */
export function ownStepOf(line: JournalLine): OwnStep | null {
  switch (line.event) {
    case 'plan-agreed':
    case 'token-decoded':
      return line.event;
    case 'key-made':
    case 'otp-made':
      return 'secret-made';
    case 'token-shown':
      return 'token-passed-on';
    case 'revocation-reported':
      return 'token-revoked';
    case 'secret-destroyed':
      return line.data.what === 'sealing-key' ? null : 'secret-destroyed';
    case 'message-sent':
      return sent.get(line.data.type) ?? null;
    case 'message-received':
      return received.get(line.data.type) ?? null;
    case 'plain-crossing':
      if (line.data.direction === 'out') return null;
      return crossed.get(line.data.what) ?? null;
    default:
      return null;
  }
}

const sent = new Map<string, OwnStep>([
  ['start', 'start-shown'],
  ['handoff', 'token-passed-on'],
]);
const received = new Map<string, OwnStep>([
  ['station', 'server-known'],
  ['attempt', 'attempt-known'],
  ['result', 'shares-collected'],
]);
/** What comes in unsigned, from a team without a station. */
const crossed = new Map<string, OwnStep>([
  ['server-facts', 'server-known'],
  ['encoded-token', 'shares-collected'],
]);

/** What such a line says was done, with what people compare of it. */
export function ownStepWords(line: JournalLine): string {
  const { text } = eventWords(line);
  if (line.event === 'key-made') return `${text}: ${line.data.fingerprint}, ${line.data.algorithm}`;
  if (line.event === 'message-sent' || line.event === 'message-received')
    return `${text}: ${digestWords(fromHex(line.data.digest))}`;
  return text;
}
