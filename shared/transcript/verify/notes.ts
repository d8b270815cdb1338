import type { JournalLine } from '../event';
import type { Note } from '../report';
import { type Entry, entriesOf } from './entry';

/** What fits, and what an auditor should read all the same. */
export function notesOf(entries: readonly Entry[]): Note[] {
  const notes = entries.flatMap(({ station, line }) => {
    const message = noteOf(line);
    return message === null ? [] : [{ station, line: line.n, message }];
  });
  return [...notes, ...unrevokedNote(entries)];
}

/**
 * A root token whose revocation no journal proves. It may have been revoked without Airlock, or live on for a
 * purpose: that is no fault, and an auditor must know of it.
 */
function unrevokedNote(entries: readonly Entry[]): Note[] {
  const made = entriesOf(entries, 'share-submitted').filter(({ line }) => line.data.complete);
  const lost = entriesOf(entries, 'answer-lost').filter(
    ({ line }) => !made.some((end) => end.line.data.nonce === line.data.nonce),
  );
  const ends = [...made, ...lost];
  const known = ends.length > 0 ? ends : entriesOf(entries, 'token-decoded').slice(0, 1);
  const last = known.at(-1);
  const tokens = new Set(known.map(({ line }) => line.data.nonce)).size;
  if (last === undefined || entriesOf(entries, 'token-revoked').length >= tokens) return [];
  return [
    {
      station: last.station,
      line: last.line.n,
      message: `a root token ${last.line.event === 'answer-lost' ? 'may have been' : 'was'} made, and no journal here has the proof that it was revoked`,
    },
  ];
}

function noteOf(line: JournalLine): string | null {
  switch (line.event) {
    case 'exception':
      return `exception: ${line.data.text}`;
    case 'plain-crossing':
      return `${line.data.what} crossed unsigned (${line.data.direction})`;
    case 'share-submit-intent':
      return line.data.custodian === '' ? 'a share came as a plain value: nothing says whose it was' : null;
    case 'message-refused':
      return `a message was refused: ${line.data.reason}`;
    case 'message-withdrawn':
      return `a ${line.data.type} message was withdrawn: ${line.data.reason}`;
    case 'attempt-changed':
      return `the attempt ${line.data.expected} was replaced or vanished`;
    case 'answer-lost':
      return `an answer was lost that may have been the last: ${line.data.what}`;
    default:
      return null;
  }
}
