import type { EventData, EventName, JournalLine } from '../../shared/transcript/event';
import type { Lane } from './lanes';
import type { LaneLine } from './order';

type LineOf<E extends EventName> = Extract<JournalLine, { readonly event: E }>;

/** The lines of one event, in order. */
export const linesOf = <E extends EventName>(
  lines: readonly LaneLine[],
  event: E,
): { readonly lane: number; readonly line: LineOf<E> }[] =>
  lines.filter((each): each is { lane: number; line: LineOf<E> } => each.line.event === event);

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
  readonly from: string;
  readonly to: string;
  /** Sentences: who could have learned the root token. */
  readonly learners: readonly string[];
}

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

/** DESIGN.md §2, and what these journals add to it. */
function learnersOf(lanes: readonly Lane[], lines: readonly LaneLine[], plan: Facts['plan']): string[] {
  const label = (lane: number): string => lanes[lane]?.label ?? '';
  const officer = lanes.find(({ role }) => role === 'officer')?.label ?? 'the officer’s laptop';
  const sentences: string[] = [];
  if (plan?.method === 'pgp') {
    sentences.push(`By PGP the server and the officer’s laptop (${officer}) learn it, nobody else.`);
  } else if (plan?.method === 'otp') {
    sentences.push(
      `By one-time password the server and the officer’s laptop (${officer}) learn it, and any machine that saw both the password and the encoded token.`,
    );
    const starters = new Set(linesOf(lines, 'attempt-started').map(({ lane }) => lane));
    const both = linesOf(lines, 'share-submitted').filter(
      ({ lane, line }) => line.data.complete && starters.has(lane),
    );
    for (const { lane } of both) {
      sentences.push(
        `${label(lane)} started with the password and saw the encoded token: it could have decoded it${plan.sameStationAllowed ? ', which the officer allowed' : ''}.`,
      );
    }
    if (plan.sameStationAllowed && both.length === 0) {
      sentences.push('The officer allowed one station to start and to finish, an exception to the rule.');
    }
  }
  const handed = [...linesOf(lines, 'token-used'), ...linesOf(lines, 'token-revoked')]
    .filter(({ line }) => line.event === 'token-used' || line.data.by === 'token')
    .map(({ lane }) => label(lane));
  for (const station of new Set(handed)) {
    sentences.push(`Besides, ${station} was given the token itself, to use or to revoke it.`);
  }
  const shown = linesOf(lines, 'token-shown').length;
  if (shown > 0) {
    sentences.push(
      `Besides, it was shown on the officer’s screen ${shown === 1 ? 'once' : `${shown} times`}: whoever watched could read it.`,
    );
  }
  for (const { lane, line } of linesOf(lines, 'share-submitted')) {
    if (line.data.sharesSeenHere < line.data.required) continue;
    sentences.push(
      `Besides, ${label(lane)} opened as many share messages as a quorum: where they held different shares, it could have rebuilt the root key.`,
    );
  }
  return [...new Set(sentences)];
}
