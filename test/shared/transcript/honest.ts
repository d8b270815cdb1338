import fc from 'fast-check';
import type { JournalEvent } from '../../../shared/transcript/event';
import {
  digestOf,
  type Person,
  type Plan,
  personNamed,
  planAgreed,
  planned,
  planTaken,
  received,
  sent,
} from './archive';

/** What is random about an honest ceremony. */
export interface Choices {
  readonly custodians: number;
  readonly threshold: number;
  readonly operators: 1 | 2;
  readonly witnesses: 1 | 2;
  /** An attempt that was cancelled before the one that came to its end. */
  readonly cancelled: boolean;
  readonly accessor: boolean;
  readonly rehearsal: boolean;
  readonly exceptions: readonly string[];
  /** Whether the plan names the digests of keys, as it does since these are in it. */
  readonly digests: boolean;
}

export const choices: fc.Arbitrary<Choices> = fc
  .record({
    custodians: fc.integer({ min: 1, max: 4 }),
    threshold: fc.integer({ min: 1, max: 4 }),
    operators: fc.constantFrom(1, 2),
    witnesses: fc.constantFrom(1, 2),
    cancelled: fc.boolean(),
    accessor: fc.boolean(),
    rehearsal: fc.boolean(),
    exceptions: fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { maxLength: 3 }),
    digests: fc.boolean(),
  })
  .map((made): Choices => ({ ...made, threshold: Math.min(made.threshold, made.custodians) }));

const nonceOf = (attempt: number): string => `2dbd10f1-8528-6246-09e7-82b25b8aba6${attempt}`;

/** The journals of a ceremony in which everyone did what they should. */
export async function honestPlans(choice: Choices): Promise<Plan[]> {
  const named = (role: string, count: number): Promise<Person[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => personNamed(`${role}-${i + 1}`)));
  const [officers, operators, custodians, witnesses] = await Promise.all([
    named('officer', 1),
    named('operator', choice.operators),
    named('custodian', choice.custodians),
    named('witness', choice.witnesses),
  ]);
  const [officer] = officers;
  const [starter] = operators;
  if (!officer || !starter) throw new Error('nobody');
  const roster = await Promise.all([
    planned(officer, 'officer'),
    ...operators.map((person) => planned(person, 'operator')),
    ...custodians.map((person) => planned(person, 'custodian')),
    ...witnesses.map((person) => planned(person, 'witness')),
  ]);
  const attempts = choice.cancelled ? [1, 2] : [1];
  const nonce = nonceOf(attempts.length);
  const givers = custodians.slice(0, choice.threshold);
  const submitter = (i: number): Person => operators[i % operators.length] ?? starter;
  const finisher = submitter(givers.length - 1);
  const accessor = choice.accessor ? { accessor: 'accessor-of-the-token' } : {};
  const plan = (station: string, who: Person, events: readonly JournalEvent[]): Plan => ({
    station,
    who,
    rehearsal: choice.rehearsal,
    signers: [who, ...witnesses],
    events,
  });
  // Journals of before say nothing of the plan that their station took in.
  const taken = choice.digests ? [planTaken(roster)] : [];
  const operator = (person: Person): JournalEvent[] => [
    ...(person === starter
      ? [sent('station', 'station'), received('start', 'start', officer), ...taken]
      : [...taken, ...attempts.map((n) => received('attempt', `attempt ${n}`, starter))]),
    ...attempts.flatMap((n): JournalEvent[] => [
      ...(person === starter
        ? ([
            { event: 'attempt-intent', data: { method: 'pgp', pgpFingerprint: 'a'.repeat(40) } },
            {
              event: 'attempt-started',
              data: { nonce: nonceOf(n), required: choice.threshold, otpLength: 28 },
            },
            sent('attempt', `attempt ${n}`),
          ] as const)
        : ([
            {
              event: 'attempt-joined',
              data: { nonce: nonceOf(n), required: choice.threshold, progress: 0 },
            },
          ] as const)),
      ...(n < attempts.length && person === starter
        ? ([
            { event: 'cancel-intent', data: { nonce: nonceOf(n) } },
            { event: 'attempt-cancelled', data: { nonce: nonceOf(n) } },
          ] as const)
        : []),
    ]),
    ...givers.flatMap((giver, i): JournalEvent[] => {
      if (submitter(i) !== person) return [];
      const message = `share of ${giver.name}`;
      const progress = i + 1;
      const complete = progress === choice.threshold;
      return [
        received('share', message, giver),
        {
          event: 'share-submit-intent',
          data: { nonce, digest: digestOf(message), custodian: giver.fingerprint },
        },
        { event: 'answer-received', data: { nonce, sha256: digestOf(`answer ${i}`) } },
        {
          event: 'share-submitted',
          data: { nonce, progress, required: choice.threshold, complete, sharesSeenHere: 1 },
        },
      ];
    }),
    ...(person === finisher
      ? ([
          sent('result', 'result'),
          { event: 'token-used', data: { what: 'auth/token/create', ...accessor } },
          { event: 'revoke-intent', data: { by: 'token' } },
          { event: 'token-revoked', data: { by: 'token', proof: 'lookup answers 403', ...accessor } },
        ] as const)
      : []),
  ];
  return [
    plan('Officer', officer, [
      received('station', 'station', starter),
      planAgreed(
        roster.map(({ keySha256, ...person }) =>
          choice.digests && keySha256 !== undefined ? { ...person, keySha256 } : person,
        ),
      ),
      { event: 'key-made', data: { fingerprint: 'A'.repeat(40), algorithm: 'curve25519' } },
      sent('start', 'start'),
      received('result', 'result', finisher),
      { event: 'token-decoded', data: { nonce, format: 'hvs', length: 28, prefix: 'hvs.' } },
      { event: 'secret-destroyed', data: { what: 'ceremony-key' } },
      ...choice.exceptions.map((text): JournalEvent => ({ event: 'exception', data: { text } })),
    ]),
    ...operators.map((person, i) => plan(`Station ${i + 1}`, person, operator(person))),
    ...givers.map((person) =>
      plan(`Laptop of ${person.name}`, person, [
        ...taken,
        ...attempts.map((n) => received('attempt', `attempt ${n}`, starter)),
        { event: 'share-released', data: { nonce, digest: digestOf(`share of ${person.name}`) } },
        sent('share', `share of ${person.name}`),
      ]),
    ),
  ];
}
