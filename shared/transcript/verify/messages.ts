import type { Finding } from '../verdict';
import { type Entry, entriesOf, finding, ownersOf } from './entry';

/**
 * These may go unreceived: they are shown to many before a ceremony, made after the last line of a journal,
 * or for a witness, whose own journal is in no archive.
 */
const MAY_GO_UNRECEIVED = new Set(['identity', 'station', 'checkpoint', 'signature', 'log', 'witness']);
/**
 * These may come unsent. Checkpoints and signatures are made after the sender's last line, and what a witness
 * sends is in no journal of the archive. A station's introductions are made before the ceremony, and its
 * journal holds only the one that the officer answered.
 */
const MAY_COME_UNSENT = new Set(['station', 'checkpoint', 'signature', 'witness']);

/**
 * Every message that a station sent was received or refused by another station, or withdrawn by its sender.
 */
export function sentFindings(entries: readonly Entry[]): Finding[] {
  const received = entriesOf(entries, 'message-received');
  const refused = entriesOf(entries, 'message-refused');
  const withdrawn = entriesOf(entries, 'message-withdrawn');
  return entriesOf(entries, 'message-sent').flatMap((sent) => {
    const { type, digest } = sent.line.data;
    if (MAY_GO_UNRECEIVED.has(type)) return [];
    const arrived = [...received, ...refused].some(
      ({ station, line: { data } }) =>
        station !== sent.station && data.type === type && data.digest === digest,
    );
    if (arrived) return [];
    if (withdrawn.some(({ station, line }) => station === sent.station && line.data.digest === digest))
      return [];
    return [
      finding(
        sent,
        'not-received',
        `The ${type} message ${digest} was sent, and no other station here received or refused it.`,
      ),
    ];
  });
}

/**
 * Every message that a station received was sent by another one, whose person is the one that signed it.
 * `missing`: fingerprints of those whose folder is missing, which is a finding already.
 */
export function receivedFindings(entries: readonly Entry[], missing: ReadonlySet<string>): Finding[] {
  const owners = new Set(ownersOf(entries).values());
  const sent = entriesOf(entries, 'message-sent');
  return entriesOf(entries, 'message-received').flatMap((received) => {
    const { type, digest, from } = received.line.data;
    if (MAY_COME_UNSENT.has(type)) return [];
    const senders = sent.filter(
      ({ station, line: { data } }) =>
        station !== received.station && data.type === type && data.digest === digest,
    );
    if (senders.length === 0) {
      if (missing.has(from)) return [];
      return [
        owners.has(from)
          ? finding(
              received,
              'not-sent',
              `The ${type} message ${digest} was received, and the journal of the person who signed it does not have it.`,
            )
          : finding(
              received,
              'unaccounted',
              `The ${type} message ${digest} was received, and no other station here sent it.`,
            ),
      ];
    }
    if (senders.some(({ line: { who } }) => who === from)) return [];
    return [
      finding(
        received,
        'wrong-sender',
        `The ${type} message ${digest} was received as signed by ${from}, and another person sent it.`,
      ),
    ];
  });
}
