import type { JournalLine } from '../event';
import type { Note } from '../verdict';
import type { Entry } from './entry';

/** What fits, and what an auditor should read all the same. */
export function notesOf(entries: readonly Entry[]): Note[] {
  return entries.flatMap(({ station, line }) => {
    const message = noteOf(line);
    return message === null ? [] : [{ station, line: line.n, message }];
  });
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
    case 'witnessed': {
      const { name, station, lines, seenAt, deviations } = line.data;
      const noted = deviations.map(({ text }) => text).join('; ');
      return `${name} witnessed the first ${lines} lines of ${station} at ${seenAt}${noted === '' ? '' : `, and noted: ${noted}`}`;
    }
    default:
      return null;
  }
}
