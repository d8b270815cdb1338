import { describe, expect, test } from 'vitest';
import type { AttemptFacts } from '../../../shared/ceremony/attempt-check';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import {
  type CustodianCeremony,
  type CustodianEvent,
  custodianCeremony,
  custodianNext,
  newCustodianCeremony,
  releaseOf,
} from '../../../shared/ceremony/custodian';

const now = '2026-03-01T09:00:00.000Z';
const facts = (nonce: string, sealingKey = 'k1'): AttemptFacts => ({
  id: '0'.repeat(32),
  title: 'Re-enable OIDC',
  purpose: 'Tenant change',
  ticket: '',
  tasks: [],
  tokenMinutes: 60,
  roster: [],
  method: 'pgp',
  tokenKind: 'root',
  rehearsal: false,
  server: { address: 'https://vault.example:8200', version: '1.21.4', clusterId: 'c1', clusterName: '' },
  threshold: 3,
  officer: 'a'.repeat(40),
  start: 's',
  attempt: {
    digest: 'd',
    nonce,
    required: 3,
    progress: 0,
    pgpFingerprint: 'f',
    operator: 'b',
    station: 'Station A',
    sealingKey,
    expiresAt: now,
  },
  checks: [],
});
const taken = (nonce = 'n1'): CustodianEvent => ({ type: 'attempt-taken', facts: facts(nonce) });
const share: CustodianEvent = { type: 'share-entered', share: { length: 33, x: 7, seenBefore: 'first' } };

const run = (events: readonly CustodianEvent[], from: CustodianCeremony | null = null): CustodianCeremony => {
  let state = from;
  for (const event of events) {
    if (state !== null) state = custodianNext(state, event, now);
    else if (event.type === 'attempt-taken') state = newCustodianCeremony(event.facts, now);
  }
  if (state === null) throw new Error('no event');
  return state;
};

describe("a custodian's ceremony", () => {
  test('asks for the share only after the words were compared', () => {
    expect(() => run([taken(), share])).toThrow(CeremonyError);
    expect(run([taken(), { type: 'words-match' }, share]).step).toBe('release');
  });

  test('stops for good where something differs, until a new attempt is taken', () => {
    const stopped = run([taken(), { type: 'something-differs' }]);
    expect(stopped.step).toBe('stopped');
    expect(() => run([{ type: 'words-match' }], stopped)).toThrow(CeremonyError);
    expect(run([taken('n2')], stopped).step).toBe('check');
  });

  test('remembers what was released when another attempt comes, and asks for the check again', () => {
    const released = run([
      taken(),
      { type: 'words-match' },
      share,
      { type: 'released', digest: 'm', at: now },
    ]);
    const again = run([taken('n2')], released);
    expect(again.step).toBe('check');
    expect(again).not.toHaveProperty('share');
    expect(again.released.map(({ nonce }) => nonce)).toEqual(['n1']);
  });

  test('does not release a share that was not entered', () => {
    expect(() => run([taken(), { type: 'words-match' }, { type: 'released', digest: 'm', at: now }])).toThrow(
      CeremonyError,
    );
  });

  test('goes back to entering when the share is forgotten before its release', () => {
    expect(run([taken(), { type: 'words-match' }, share, { type: 'share-forgotten' }]).step).toBe('share');
  });

  test('keeps what was released to be shown again, when the share itself is forgotten', () => {
    const released = run([
      taken(),
      { type: 'words-match' },
      share,
      { type: 'released', digest: 'm', at: now },
    ]);
    const forgotten = run([{ type: 'share-forgotten' }], released);
    expect(forgotten.step).toBe('released');
    expect(releaseOf(forgotten)?.digest).toBe('m');
    expect(run([{ type: 'done' }], forgotten).step).toBe('sign-off');
  });

  test('lets a custodian who was not needed sign off', () => {
    expect(run([taken(), { type: 'done' }]).step).toBe('sign-off');
    expect(run([taken(), { type: 'words-match' }, { type: 'done' }]).step).toBe('sign-off');
  });

  test('asks for a new release when the same attempt is taken again', () => {
    const released = run([
      taken(),
      { type: 'words-match' },
      share,
      { type: 'released', digest: 'm', at: now },
    ]);
    expect(releaseOf(run([taken(), { type: 'words-match' }, share], released))).toBeNull();
  });
});

describe('a custodian’s ceremony on the disk of the version before', () => {
  const checked = run([taken(), { type: 'words-match' }]);
  const entered = run([share], checked);
  const out = run([{ type: 'released', digest: 'm', at: now }], entered);
  const flat = (state: CustodianCeremony, step: string, held: object | null) => ({
    ...state,
    v: 1,
    step,
    share: held,
  });
  const held = { length: 33, x: 7, seenBefore: 'first' };

  test.each<[string, object, CustodianCeremony]>([
    ['at its check', flat(run([taken()]), 'check', null), run([taken()])],
    ['where the share is asked for', flat(checked, 'share', null), checked],
    ['before the release', flat(entered, 'release', held), entered],
    ['after the release', flat(out, 'release', null), out],
    ['where a crash came right after the release', flat(out, 'release', held), out],
    [
      'signed off with the share named still',
      flat(run([{ type: 'done' }], out), 'sign-off', held),
      run([{ type: 'done' }], out),
    ],
    [
      'stopped',
      flat(run([{ type: 'something-differs' }], checked), 'stopped', null),
      run([{ type: 'something-differs' }], checked),
    ],
  ])('is read %s', (_where, before, expected) => {
    expect(custodianCeremony.parse(before)).toEqual(expected);
    expect(custodianCeremony.parse(expected)).toEqual(expected);
  });

  test('is refused where it has no attempt', () => {
    const { attempt: _, ...without } = flat(checked, 'share', null);
    expect(custodianCeremony.safeParse(without).success).toBe(false);
  });
});
