import type { JournalLine } from '../event';
import type { Finding } from '../verdict';
import { type Entry, finding } from './entry';

/**
 * All lines are of one ceremony and have one rehearsal mark. A station stays that of one person from its
 * first line to its last, and no journal lies in the folder twice.
 */
export function originFindings(entries: readonly Entry[]): Finding[] {
  const ceremony = entries.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? '';
  const rehearsal = entries[0]?.line.rehearsal;
  const before = new Map<string, JournalLine>();
  const firsts = new Map<string, string>();
  return entries.flatMap((entry) => {
    const { station, line } = entry;
    const last = before.get(station);
    before.set(station, line);
    const found: Finding[] = [];
    if (last && changes(last, line)) {
      found.push(
        finding(
          entry,
          'origin-changes',
          'This line is by another station or person, or of another ceremony.',
        ),
      );
    }
    if (line.who === '') {
      found.push(finding(entry, 'no-person', 'This line does not say whose it is.'));
    }
    if (line.ceremony !== '' && line.ceremony !== ceremony) {
      found.push(finding(entry, 'other-ceremony', 'This line belongs to another ceremony than the others.'));
    }
    if (line.rehearsal !== rehearsal) {
      found.push(
        finding(entry, 'rehearsal-mixed', 'Some lines are marked as a rehearsal and others are not.'),
      );
    }
    // A second line holds the hash of the first. Where that is the same in two journals, one is a copy of the
    // other.
    if (line.n === 2) {
      const twin = firsts.get(line.prev);
      if (twin !== undefined) {
        found.push(finding(entry, 'same-journal', `This is the same journal as that of ${twin}.`));
      }
      firsts.set(line.prev, station);
    }
    return found;
  });
}

/** A journal may begin before its ceremony is known. From the line that names one, it stays that one. */
const changes = (last: JournalLine, line: JournalLine): boolean =>
  line.station !== last.station ||
  line.who !== last.who ||
  (last.ceremony !== '' && line.ceremony !== last.ceremony);
