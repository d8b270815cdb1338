import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isOver,
  type OperatorCeremony,
  type OperatorEvent,
  type OperatorPlan,
  operatorCeremony,
  operatorNext,
} from '../../../shared/ceremony/operator';
import { operatorCeremonyOnDisk } from '../../../shared/ceremony/operator-v1';

const NOW = '2026-11-25T09:00:00.000Z';
const hex = (byte: string, bytes = 32) => byte.repeat(bytes);

const plan: OperatorPlan = {
  id: hex('ce', 16),
  title: 'Quarterly policy change',
  rehearsal: false,
  server: { address: 'https://vault:8200', version: '1.21.4', clusterId: 'c1', clusterName: 'main' },
  method: 'pgp',
  start: hex('51'),
  required: 2,
  otpLength: 28,
  pgpFingerprint: hex('ab', 20),
  openedOtp: false,
  sameStationAllowed: false,
  answers: 0,
};
const attempt = { nonce: 'n-1', required: 2, progress: 0, otpLength: 28 };
const sealing = { publicKey: hex('5e'), expiresAt: '2026-11-25T21:00:00.000Z' };
const ada = { digest: hex('a1'), custodian: hex('A1', 20), name: 'Ada', x: 1 };
const ben = { digest: hex('b1'), custodian: hex('B1', 20), name: 'Ben', x: 2 };

const play = (...events: OperatorEvent[]): OperatorCeremony => {
  const state = events.reduce<OperatorCeremony | null>((last, event) => operatorNext(last, event, NOW), null);
  if (state === null) throw new Error('nothing was played');
  return state;
};
const asked: OperatorEvent = { type: 'start-asked', plan };
const begun: readonly OperatorEvent[] = [
  asked,
  { type: 'started', attempt },
  { type: 'announced', digest: hex('d1'), sealing },
];
const sending = (share: typeof ada, progress: number): OperatorEvent => ({
  type: 'share-sending',
  share,
  progress,
});
const counted = (progress: number): OperatorEvent => ({
  type: 'share-settled',
  fate: { kind: 'counted', progress, required: 2 },
  answers: progress,
});
const wrongStep = expect.objectContaining({ name: 'CeremonyError', code: 'wrong-step' });

test("an operator's ceremony goes from the start message over two shares to its result", () => {
  const finished = play(...begun, sending(ada, 0), counted(1), sending(ben, 1), {
    type: 'finished',
    result: hex('e5'),
    required: 2,
    answers: 2,
  });
  expect(finished).toMatchObject({
    step: 'finished',
    nonce: 'n-1',
    result: hex('e5'),
    attempts: [hex('d1')],
    submitted: [
      { digest: ada.digest, nonce: 'n-1' },
      { digest: ben.digest, nonce: 'n-1' },
    ],
    answers: 2,
  });
  expect(operatorCeremony.parse(finished)).toEqual(finished);
});

test('a wrong share at the threshold makes the count begin anew, and neither message may come again', () => {
  const state = play(...begun, sending(ada, 0), counted(1), sending(ben, 1), {
    type: 'share-settled',
    fate: { kind: 'rejected' },
    answers: 2,
  });
  expect(state).toMatchObject({ step: 'open', progress: 0, round: [], pending: null });
  expect(state.submitted).toHaveLength(2);
});

test.each([
  [{ kind: 'not-taken' }, 0],
  [{ kind: 'unknown', progress: 1 }, 0],
  [{ kind: 'given-before' }, 1],
  [{ kind: 'ended' }, 1],
] as const)('a share whose fate is %j may come again, unless the server has it', (fate, submitted) => {
  const state = play(...begun, sending(ada, 0), { type: 'share-settled', fate, answers: 0 });
  expect(state.submitted).toHaveLength(submitted);
  expect(state).toMatchObject({ step: 'open', pending: null });
});

test("another station's wrong share makes this one forget who gave theirs before", () => {
  const state = play(...begun, sending(ada, 0), counted(1), sending(ben, 0));
  expect(state).toMatchObject({ round: [], progress: 0, pending: { name: 'Ben', progressBefore: 0 } });
});

test('a share whose outcome is not known is never forgotten: nothing else comes before it', () => {
  const state = play(...begun, sending(ada, 0));
  const others: OperatorEvent[] = [
    sending(ben, 0),
    { type: 'ended', step: 'cancelled' },
    { type: 'joined', plan, attempt },
    { type: 'start-asked', plan: { ...plan, start: hex('52') } },
  ];
  for (const event of others) expect(() => operatorNext(state, event, NOW)).toThrow(wrongStep);
});

test('joining an attempt that is known keeps what was sent and given, and who saw the one-time password', () => {
  const before = play({ type: 'start-asked', plan: { ...plan, openedOtp: true } }, ...begun.slice(1), {
    type: 'ended',
    step: 'cancelled',
  });
  const again = operatorNext(before, { type: 'joined', plan, attempt: { ...attempt, progress: 1 } }, NOW);
  expect(again).toMatchObject({
    step: 'open',
    progress: 1,
    attempts: [hex('d1')],
    sealing: null,
    openedOtp: true,
  });
  const other = { ...plan, start: hex('52') };
  expect(operatorNext(before, { type: 'joined', plan: other, attempt }, NOW)).toMatchObject({
    attempts: [],
    openedOtp: true,
  });
});

test('a start that was cut off may be asked again, and ends without a nonce where it came to nothing', () => {
  expect(play(asked, asked)).toMatchObject({ step: 'starting' });
  expect(play(asked, { type: 'ended', step: 'cancelled' })).toMatchObject({ step: 'cancelled', nonce: '' });
});

test('what is finished stays finished, and what is lost stays lost', () => {
  const finished = play(...begun, sending(ada, 1), {
    type: 'finished',
    result: hex('e5'),
    required: 2,
    answers: 1,
  });
  expect(operatorNext(finished, { type: 'ended', step: 'cancelled' }, NOW)).toEqual(finished);
  for (const event of [asked, { type: 'joined', plan, attempt } as const]) {
    expect(() => operatorNext(finished, event, NOW)).toThrow(wrongStep);
  }
  const lost = play(...begun, { type: 'ended', step: 'lost' });
  expect(operatorNext(lost, { type: 'ended', step: 'cancelled' }, NOW)).toEqual(lost);
  expect(() => operatorNext(lost, { type: 'joined', plan, attempt }, NOW)).toThrow(wrongStep);
});

test('nothing but a start or a join begins a ceremony, and no share is settled that was not sent', () => {
  expect(() => operatorNext(null, { type: 'key-destroyed' }, NOW)).toThrow(wrongStep);
  expect(() => operatorNext(play(...begun), counted(1), NOW)).toThrow(wrongStep);
  expect(() => operatorNext(play(...begun), { type: 'started', attempt }, NOW)).toThrow(wrongStep);
});

const share = fc.constantFrom(ada, ben);
const small = fc.integer({ min: 0, max: 3 });
const anyPlan = fc.constantFrom(plan, { ...plan, start: hex('52') });
const anyAttempt = fc.record({
  nonce: fc.constantFrom('n-1', 'n-2'),
  required: fc.constant(2),
  progress: small,
  otpLength: fc.constantFrom(0, 28),
});
const anyFate = fc.oneof(
  fc.record({ kind: fc.constant('counted' as const), progress: small, required: fc.constant(2) }),
  fc.record({ kind: fc.constant('unknown' as const), progress: small }),
  fc.record({ kind: fc.constantFrom('rejected', 'given-before', 'not-taken', 'ended') }),
);
const anyEvent: fc.Arbitrary<OperatorEvent> = fc.oneof(
  fc.record({ type: fc.constant('start-asked' as const), plan: anyPlan }),
  fc.record({ type: fc.constant('started' as const), attempt: anyAttempt }),
  fc.record({ type: fc.constant('joined' as const), plan: anyPlan, attempt: anyAttempt }),
  fc.record({ type: fc.constant('looked-up' as const), progress: small, required: fc.constant(2) }),
  fc.constant({ type: 'announced' as const, digest: hex('d1'), sealing }),
  fc.record({ type: fc.constant('share-sending' as const), share, progress: small }),
  fc.record({ type: fc.constant('share-settled' as const), fate: anyFate, answers: small }),
  fc.record({
    type: fc.constant('finished' as const),
    result: fc.constant(hex('e5')),
    required: fc.constant(2),
    answers: small,
  }),
  fc.record({ type: fc.constant('ended' as const), step: fc.constantFrom('cancelled', 'lost') }),
  fc.constant({ type: 'key-destroyed' as const }),
) as fc.Arbitrary<OperatorEvent>;

test('whatever happens in whatever order, the state can be read back, keeps its past, and loses no share that is on its way', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let state: OperatorCeremony | null = null;
      for (const event of events) {
        const before: OperatorCeremony | null = state;
        try {
          state = operatorNext(before, event, NOW);
        } catch (error) {
          expect(error).toEqual(wrongStep);
          expect(state).toEqual(before);
          continue;
        }
        expect(operatorCeremonyOnDisk.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
        if (before === null) continue;
        if (before.step === 'finished')
          expect(state).toMatchObject({ step: 'finished', result: before.result });
        if (isOver(before) && event.type === 'ended') expect(state.step).toBe(before.step);
        if (before.start === state.start && event.type !== 'start-asked') {
          expect(state.attempts.slice(0, before.attempts.length)).toEqual(before.attempts);
          expect(state.submitted.slice(0, before.submitted.length)).toEqual(before.submitted);
        }
        if (before.step === 'open' && before.pending !== null) {
          const kept = state.step === 'open' && state.pending?.digest === before.pending.digest;
          expect(kept || event.type === 'share-settled' || event.type === 'finished').toBe(true);
        }
      }
    }),
  );
});

/** As the version before wrote it: one flat object, empty or null where a step has nothing to say. */
const flat = {
  v: 1,
  role: 'operator',
  id: plan.id,
  title: plan.title,
  rehearsal: false,
  step: 'open',
  server: plan.server,
  method: 'pgp',
  start: plan.start,
  nonce: 'n-1',
  required: 2,
  otpLength: 28,
  progress: 1,
  pgpFingerprint: plan.pgpFingerprint,
  sealing,
  openedOtp: false,
  sameStationAllowed: false,
  attempts: [hex('d1')],
  submitted: [{ digest: ada.digest, custodian: ada.custodian, nonce: 'n-1' }],
  round: ['Ada'],
  pending: { ...ben, progressBefore: 1 },
  answers: 1,
  result: null,
  updatedAt: NOW,
};

test('a state file of the version before is read, at every step', () => {
  const open = play(...begun, sending(ada, 0), counted(1), sending(ben, 1));
  if (open.step !== 'open') throw new Error('not open');
  // It knew no x-coordinates of the shares before.
  expect(operatorCeremonyOnDisk.parse(flat)).toEqual({ ...open, coordinates: [] });
  const over = { ...flat, sealing: null, pending: null };
  expect(
    operatorCeremonyOnDisk.parse({ ...over, step: 'finished', round: [], result: hex('e5') }),
  ).toMatchObject({ v: 2, step: 'finished', nonce: 'n-1', result: hex('e5') });
  for (const step of ['cancelled', 'lost'] as const) {
    expect(operatorCeremonyOnDisk.parse({ ...over, step })).toMatchObject({ v: 2, step, round: ['Ada'] });
  }
  expect(operatorCeremonyOnDisk.parse({ ...over, step: 'starting', nonce: '', progress: 0 })).toMatchObject({
    v: 2,
    step: 'starting',
  });
  for (const damaged of [{ ...flat, start: 'x' }, { ...flat, more: 1 }, { ...flat, step: 'done' }, {}]) {
    expect(operatorCeremonyOnDisk.safeParse(damaged).success).toBe(false);
  }
});
