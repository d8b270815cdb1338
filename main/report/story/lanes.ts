import type { JournalLine } from '../../../shared/transcript/event';
import type { ReportStation } from '../input';

/** A station of the drawing. */
export interface Lane {
  readonly folder: string;
  /** As the station calls itself. */
  readonly label: string;
  /** The person at it; '' where the journal does not say. */
  readonly person: string;
  readonly role: string;
  readonly fingerprint: string;
  readonly online: boolean;
  readonly lines: readonly JournalLine[];
}

/** From left to right: the officer, custodians, witnesses, then across the air gap the online stations. */
const ORDER = ['officer', 'custodian', 'witness', '', 'operator'];

/** Lines that only a station which talks to the server writes. */
const SERVER_EVENTS: ReadonlySet<string> = new Set([
  'attempt-intent',
  'attempt-started',
  'attempt-joined',
  'share-submit-intent',
  'answer-received',
  'revoke-intent',
]);

export function lanesOf(stations: readonly ReportStation[]): Lane[] {
  return stations
    .map(laneOf)
    .map((lane, i) => ({ lane, i }))
    .sort((a, b) => rank(a.lane) - rank(b.lane) || a.i - b.i)
    .map(({ lane }) => lane);
}

function laneOf({ folder, lines }: ReportStation): Lane {
  const opened = lines.find((line) => line.event === 'journal-opened');
  const role = opened?.event === 'journal-opened' ? opened.data.role : '';
  return {
    folder,
    label: lines[0]?.station ?? folder,
    person: opened?.event === 'journal-opened' ? opened.data.name : '',
    role,
    fingerprint: lines.findLast(({ who }) => who !== '')?.who ?? '',
    online: role === 'operator' || lines.some(({ event }) => SERVER_EVENTS.has(event)),
    lines,
  };
}

const rank = ({ role, online }: Lane): number =>
  online ? ORDER.length : ORDER.indexOf(ORDER.includes(role) ? role : '');
