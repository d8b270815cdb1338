import { describe, expect, test } from 'vitest';
import { type AttemptEvidence, checkAttempt } from '../../../shared/ceremony/attempt-check';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';

const bytes = (value: number, length = 32): Uint8Array => new Uint8Array(length).fill(value);
const [officer, operator, self, ceremony] = [bytes(1, 20), bytes(2, 20), bytes(3, 20), bytes(7, 16)];
const petra = bytes(10, 20);
const server = { address: 'https://vault.example:8200', version: '1.21.4', clusterId: 'c1', clusterName: '' };
const issuedAt = '2026-03-01T09:00:00.000Z';

const honest: AttemptEvidence = {
  attempt: {
    v: 1,
    type: 'attempt',
    ceremony,
    prev: bytes(8),
    issuedAt,
    from: operator,
    body: {
      start: bytes(0),
      server,
      station: { label: 'Station A', sealingKey: bytes(9), expiresAt: issuedAt },
      nonce: 'n1',
      required: 2,
      progress: 0,
      pgpFingerprint: 'ff',
    },
  },
  attemptDigest: bytes(5),
  start: {
    v: 1,
    type: 'start',
    ceremony,
    prev: null,
    issuedAt,
    from: officer,
    body: {
      title: 'Re-enable OIDC',
      purpose: 'Tenant change',
      ticket: '',
      tokenKind: 'root',
      method: 'pgp',
      publicKey: bytes(6, 60),
      sameStationAllowed: false,
      otpLength: 28,
      threshold: 2,
      server,
      tasks: [],
      roster: [
        { name: 'Olga', role: 'officer', fingerprint: officer },
        { name: 'Otto', role: 'operator', fingerprint: operator },
        { name: 'Ada', role: 'custodian', fingerprint: self, givesTo: operator },
        { name: 'Ben', role: 'custodian', fingerprint: bytes(4, 20), givesTo: petra },
        { name: 'Cem', role: 'custodian', fingerprint: bytes(11, 20) },
        { name: 'Petra', role: 'operator', fingerprint: petra },
      ],
      rehearsal: false,
    },
  },
  startDigest: bytes(8),
  amendment: null,
  officer: 'Olga',
  operator: 'Otto',
  self,
  keyFingerprint: 'ff',
  released: [],
};

const withTasks = (...tasks: AttemptEvidence['start']['body']['tasks']): AttemptEvidence => ({
  ...honest,
  start: { ...honest.start, body: { ...honest.start.body, tasks } },
});

type Attempt = AttemptEvidence['attempt'];
const withAttempt = (change: Partial<Attempt>, body: Partial<Attempt['body']> = {}): AttemptEvidence => ({
  ...honest,
  attempt: { ...honest.attempt, ...change, body: { ...honest.attempt.body, ...body } },
});
const withRoster = (roster: AttemptEvidence['start']['body']['roster']): AttemptEvidence => ({
  ...honest,
  start: { ...honest.start, body: { ...honest.start.body, roster } },
});

function codeOf(evidence: AttemptEvidence): string {
  try {
    checkAttempt(evidence);
  } catch (error) {
    if (error instanceof CeremonyError) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

describe('an attempt, before a custodian sees it,', () => {
  test('is taken where all of it fits the plan', () => {
    expect(checkAttempt(honest).checks.every(({ ok }) => ok)).toBe(true);
    // Plans of earlier versions have lines alone, in whatever order.
    const before = withTasks('Revoke this token, and prove it', 'Look around');
    expect(checkAttempt(before)).toMatchObject({ tasks: before.start.body.tasks });
  });

  const [first, second, third] = honest.start.body.roster;
  if (!first || !second || !third) throw new Error('the roster of this test is too short');

  test.each<[string, AttemptEvidence, string]>([
    ['carries the plan of another ceremony', withAttempt({ ceremony: bytes(6, 16) }), 'other-plan'],
    ['answers another start', withAttempt({ prev: bytes(4) }), 'other-plan'],
    ['runs on another server', withAttempt({}, { server: { ...server, clusterId: 'c2' } }), 'other-server'],
    [
      'runs in a namespace that the plan does not name',
      withAttempt({}, { server: { ...server, namespace: 'team' } }),
      'other-server',
    ],
    ['hides the token for another key', withAttempt({}, { pgpFingerprint: '00' }), 'other-key'],
    ['hides it for no key', withAttempt({}, { pgpFingerprint: '' }), 'other-key'],
    ['asks for another number of shares', withAttempt({}, { required: 1 }), 'other-threshold'],
    ['is signed by someone who is not its operator', withRoster([first, third]), 'not-on-roster'],
    ['is for others than this custodian', withRoster([first, second]), 'not-on-roster'],
    [
      'is of another station than the plan names for this custodian',
      { ...honest, self: bytes(4, 20) },
      'gives-elsewhere',
    ],
    ['asks a reserve', { ...honest, self: bytes(11, 20) }, 'gives-elsewhere'],
    [
      'is by a plan that lets one operator see a quorum',
      withRoster(
        honest.start.body.roster.map((each) => (each.givesTo ? { ...each, givesTo: operator } : each)),
      ),
      'quorum-at-one-station',
    ],
    [
      'is by a plan that names no station at all',
      withRoster(honest.start.body.roster.map(({ givesTo: _, ...each }) => each)),
      'no-station',
    ],
    [
      'is by a plan that would reach the seal',
      withTasks({ task: 'request', method: 'PUT', path: 'team/sys/seal', about: '' }),
      'wrong-task',
    ],
    [
      'is by a plan that does something after the token is revoked',
      withTasks({ task: 'revoke-self' }, 'Look around'),
      'wrong-task',
    ],
    [
      'is by a plan that gives an operator what a task brings back',
      withTasks({ task: 'request', method: 'GET', path: 'a', about: '', recipient: '02'.repeat(20) }),
      'wrong-task',
    ],
    [
      'names one person twice',
      withRoster([...honest.start.body.roster, { ...third, role: 'witness' }]),
      'named-twice',
    ],
  ])('is refused where it %s', (_what, evidence, code) => {
    expect(codeOf(evidence)).toBe(code);
  });

  test('names the namespace, and which kind of shares the server wants', () => {
    const inside = (shareKind: 'unseal' | 'recovery') => ({ ...server, namespace: 'team', shareKind });
    const start = { ...honest.start, body: { ...honest.start.body, server: inside('unseal') } };
    const textsOf = (kind: 'unseal' | 'recovery') =>
      checkAttempt({ ...withAttempt({}, { server: inside(kind) }), start }).checks;
    expect(textsOf('unseal')).toContainEqual({
      ok: true,
      text: 'The server and its namespace team are those in the plan',
    });
    expect(textsOf('unseal')).toContainEqual({
      ok: true,
      text: expect.stringContaining('unseal key shares'),
    });
    expect(textsOf('recovery')).toContainEqual({ ok: false, text: expect.stringContaining('recovery keys') });
  });

  test('says where a share was released for it before', () => {
    const released = [{ digest: 'd', nonce: 'n1', sealingKey: 'k', at: issuedAt }];
    expect(checkAttempt({ ...honest, released }).checks.at(-1)).toMatchObject({
      ok: false,
      text: expect.stringContaining('09:00'),
    });
  });
});
