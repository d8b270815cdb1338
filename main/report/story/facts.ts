import type { EventData } from '../../../shared/transcript/event';
import type { Lane } from './lanes';
import { learnersOf } from './learners';
import { type LaneLine, linesOf } from './order';

/** An attempt on the server, as the journals tell it. */
export interface Attempt {
  readonly nonce: string;
  readonly required: number;
  readonly accepted: number;
  readonly end: 'complete' | 'cancelled' | 'open';
}

export interface Person {
  readonly name: string;
  readonly role: string;
  /** Upper-case hex. */
  readonly fingerprint: string;
  readonly onRoster: boolean;
  /** Label of the station where this person kept a journal; '' without one. */
  readonly station: string;
}

/** What the journals say a ceremony was for, who took part and how it went. */
export interface Facts {
  /** null where no journal holds the plan. */
  readonly plan: EventData<'plan-agreed'> | null;
  readonly attempts: readonly Attempt[];
  readonly people: readonly Person[];
  /** Earliest and latest time by any station's clock, ISO 8601 UTC; '' where there is no line. */
  readonly from: string;
  readonly to: string;
  /** Sentences: who could have learned the root token. */
  readonly learners: readonly string[];
}

/** Gathers the facts. `lines`: all lines of all lanes, in causal order. */
export function factsOf(lanes: readonly Lane[], lines: readonly LaneLine[]): Facts {
  const plan = linesOf(lines, 'plan-agreed')[0]?.line.data ?? null;
  const times = lines.map(({ line }) => line.at).sort((a, b) => Date.parse(a) - Date.parse(b));
  return {
    plan,
    attempts: attemptsOf(lines),
    people: peopleOf(lanes, plan),
    from: times[0] ?? '',
    to: times.at(-1) ?? '',
    learners: learnersOf(lanes, lines, plan),
  };
}

function attemptsOf(lines: readonly LaneLine[]): Attempt[] {
  const counted = [
    ...linesOf(lines, 'attempt-started'),
    ...linesOf(lines, 'attempt-joined'),
    ...linesOf(lines, 'share-submitted'),
  ].map(({ line }) => line.data);
  const cancelled = new Set(linesOf(lines, 'attempt-cancelled').map(({ line }) => line.data.nonce));
  return [...new Set(counted.map(({ nonce }) => nonce))].map((nonce) => {
    const mine = counted.filter((each) => each.nonce === nonce);
    const complete = mine.some((each) => 'complete' in each && each.complete);
    const required = mine[0]?.required ?? 0;
    const accepted = Math.max(...mine.map((each) => ('progress' in each ? each.progress : 0)));
    return {
      nonce,
      required,
      accepted: complete ? required : accepted,
      end: complete ? 'complete' : cancelled.has(nonce) ? 'cancelled' : 'open',
    };
  });
}

function peopleOf(lanes: readonly Lane[], plan: Facts['plan']): Person[] {
  const roster = plan?.roster ?? [];
  const stationOf = (fingerprint: string): string =>
    lanes
      .filter((lane) => lane.fingerprint === fingerprint)
      .map(({ label }) => label)
      .join(', ');
  const strangers = lanes.filter(
    ({ fingerprint }) => !roster.some((person) => person.fingerprint === fingerprint),
  );
  return [
    ...roster.map((person) => ({ ...person, onRoster: true, station: stationOf(person.fingerprint) })),
    ...strangers.map(({ person, role, fingerprint, label }) => ({
      name: person,
      role,
      fingerprint,
      onRoster: false,
      station: label,
    })),
  ];
}
