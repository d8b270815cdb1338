import { describe, expect, test } from 'vitest';
import { CeremonyError } from '../../../shared/ceremony/ceremony-error';
import {
  hasLiveToken,
  newOfficerCeremony,
  type OfficerCeremony,
  type OfficerEvent,
  officerCeremony,
  officerNext,
} from '../../../shared/ceremony/officer';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import type { ServerFacts } from '../../../shared/ceremony/plan';
import { takesAnotherResult } from '../../../shared/ceremony/token-stand';

const now = '2026-03-01T09:00:00.000Z';
const person = (name: string, role: ParticipantState['role'], digit: string): ParticipantState => ({
  name,
  role,
  fingerprint: digit.repeat(40),
});
const officer = person('Olga', 'officer', 'a');
const operator = person('Otto', 'operator', 'b');
const second = person('Petra', 'operator', 'c');
const custodians = ['1', '2', '3'].map((digit) => ({
  ...person(`Custodian ${digit}`, 'custodian', digit),
  givesTo: digit === '3' ? second.fingerprint : operator.fingerprint,
}));
const server: ServerFacts = {
  address: 'https://vault.example:8200',
  version: '1.21.4',
  clusterId: 'c1',
  clusterName: 'prod',
  threshold: 3,
  shares: 5,
  otpLength: 28,
  serverTime: now,
  station: {
    digest: 'd'.repeat(64),
    label: 'Station A',
    sealingKey: 'e'.repeat(64),
    expiresAt: now,
    operator: operator.fingerprint,
  },
};
const key = { fingerprint: 'f'.repeat(40), algorithm: 'curve25519', publicKey: '00', createdAt: now };
const result = (nonce: string, pgpFingerprint = key.fingerprint) => ({
  nonce,
  encodedToken: 'x',
  pgpFingerprint,
  signedBy: 'Otto',
  takenAt: now,
  station: null,
});
const token = {
  kind: 'service token',
  format: 'hvs',
  prefix: 'hvs.',
  length: 28,
  decodedAt: now,
  keyMatches: true,
  caution: null,
};

const begun: OfficerCeremony = newOfficerCeremony('0'.repeat(32), false, now);
const run = (events: readonly OfficerEvent[], from: OfficerCeremony = begun): OfficerCeremony =>
  events.reduce((state, event) => officerNext(state, event, now), from);

const draft = {
  ...newOfficerCeremony('', false, now).draft,
  title: 'Re-enable OIDC',
  purpose: 'Tenant change',
};
const agreed: OfficerEvent[] = [
  { type: 'server-learned', server },
  { type: 'plan-agreed', draft, roster: [officer, operator, second, ...custodians] },
];
const started: OfficerEvent[] = [
  ...agreed,
  { type: 'key-ready', key, start: 's'.repeat(64) },
  { type: 'start-sent' },
];
const attempt: OfficerEvent = {
  type: 'attempt-seen',
  pgpFingerprint: key.fingerprint,
  attempt: { nonce: 'n1', progress: 0, required: 3, station: 'Station A', digest: 'd' },
};

const refused = (events: readonly OfficerEvent[], from?: OfficerCeremony): string => {
  try {
    run(events, from);
  } catch (error) {
    if (error instanceof CeremonyError) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

describe("the officer's ceremony", () => {
  test('goes from plan to sign-off in seven steps', () => {
    const steps = ['plan'];
    let state: OfficerCeremony = begun;
    for (const event of [
      ...started,
      attempt,
      { type: 'result-taken', result: result('n1') },
      { type: 'decoded', token },
      { type: 'revocation-reported' },
      { type: 'secret-destroyed', at: now },
    ] satisfies OfficerEvent[]) {
      state = officerNext(state, event, now);
      if (steps.at(-1) !== state.step) steps.push(state.step);
    }
    expect(steps).toEqual(['plan', 'key', 'start', 'result', 'decode', 'destroy', 'sign-off']);
    expect(state).toMatchObject({ destroyedAt: now, nonce: 'n1' });
  });

  test('is not agreed on without a server', () => {
    expect(
      refused([{ type: 'plan-agreed', draft, roster: [officer, operator, second, ...custodians] }]),
    ).toBe('no-server');
  });

  test('is not agreed on without a purpose that custodians can read', () => {
    const bare: OfficerEvent = {
      type: 'plan-agreed',
      draft: { ...draft, purpose: ' ' },
      roster: [officer, operator, ...custodians],
    };
    expect(refused([{ type: 'server-learned', server }, bare])).toBe('plan-incomplete');
  });

  test('needs as many custodians on its roster as the server needs shares', () => {
    const roster = [officer, operator, ...custodians.slice(1)];
    expect(
      refused([
        { type: 'server-learned', server },
        { type: 'plan-agreed', draft, roster },
      ]),
    ).toBe('quorum-too-small');
  });

  test("needs the station's operator on its roster", () => {
    const roster = [officer, ...custodians];
    expect(
      refused([
        { type: 'server-learned', server },
        { type: 'plan-agreed', draft, roster },
      ]),
    ).toBe('no-operator');
  });

  test('refuses an attempt that would encrypt the token to another key', () => {
    expect(refused([...started, { ...attempt, pgpFingerprint: '0'.repeat(40) }])).toBe('other-key');
  });

  test('refuses an attempt without a key where a key was planned', () => {
    expect(refused([...started, { ...attempt, pgpFingerprint: '' }])).toBe('other-key');
  });

  test('refuses the result of another attempt, and keeps waiting', () => {
    const waiting = run([...started, attempt]);
    expect(refused([{ type: 'result-taken', result: result('n2') }], waiting)).toBe('other-nonce');
    expect(waiting.step).toBe('result');
  });

  test('takes a bare encoded token, which names no key', () => {
    const bare = { ...result(''), pgpFingerprint: '', signedBy: null };
    expect(run([...started, { type: 'result-taken', result: bare }]).step).toBe('decode');
  });

  test('lets a better copy of the result replace one that did not decode, but none once it did', () => {
    const taken = run([...started, attempt, { type: 'result-taken', result: result('n1') }]);
    expect(
      run([{ type: 'result-taken', result: { ...result('n1'), encodedToken: 'y' } }], taken),
    ).toMatchObject({ result: { encodedToken: 'y' } });
    expect(
      refused(
        [
          { type: 'decoded', token },
          { type: 'result-taken', result: result('n1') },
        ],
        taken,
      ),
    ).toBe('already-decoded');
  });

  test('does not change its plan once the key is made', () => {
    expect(refused([...started, { type: 'draft-changed', draft }])).toBe('wrong-step');
  });

  test('can be given up: the key is destroyed before any result came', () => {
    expect(run([...started, { type: 'secret-destroyed', at: now }]).step).toBe('sign-off');
  });

  test('goes back to its plan while there is no result, and forgets what was made', () => {
    const reopened = run([...started, attempt, { type: 'plan-reopened' }]);
    expect(reopened).toEqual({ ...begun, draft, server });
    expect(
      refused([
        ...started,
        attempt,
        { type: 'result-taken', result: result('n1') },
        { type: 'plan-reopened' },
      ]),
    ).toBe('wrong-step');
  });

  test('decodes again after the token was reported revoked by mistake, until the key is gone', () => {
    const reported = run([
      ...started,
      attempt,
      { type: 'result-taken', result: result('n1') },
      { type: 'decoded', token },
      { type: 'revocation-reported' },
    ]);
    expect(run([{ type: 'decoded', token }], reported).step).toBe('decode');
    expect(
      refused(
        [
          { type: 'secret-destroyed', at: now },
          { type: 'decoded', token },
        ],
        reported,
      ),
    ).toBe('wrong-step');
  });

  test('takes a better copy of a result that nothing could check', () => {
    const doubtful = { ...token, format: 'uuid', caution: 'it may be wrong' };
    const decoded = run([
      ...started,
      attempt,
      { type: 'result-taken', result: result('n1') },
      { type: 'decoded', token: doubtful },
    ]);
    expect(
      run([{ type: 'result-taken', result: { ...result('n1'), encodedToken: 'y' } }], decoded),
    ).toMatchObject({
      step: 'decode',
      token: null,
    });
  });

  test('does not take a custodian for its station’s operator', () => {
    const roster = [officer, { ...operator, role: 'custodian' as const }, ...custodians];
    expect(
      refused([
        { type: 'server-learned', server },
        { type: 'plan-agreed', draft, roster },
      ]),
    ).toBe('no-operator');
  });

  test('can be given up before anything was made', () => {
    expect(run([{ type: 'secret-destroyed', at: now }]).step).toBe('sign-off');
  });
});

const results: OfficerEvent[] = [...started, attempt, { type: 'result-taken', result: result('n1') }];

describe('a further result', () => {
  test('is taken while one is waited for or has not been decoded', () => {
    expect(takesAnotherResult(run(started))).toBe(true);
    expect(takesAnotherResult(run(results))).toBe(true);
    expect(takesAnotherResult(run(agreed))).toBe(false);
  });

  test('is not offered where the token is decoded and known to be right, for none would be taken', () => {
    const decoded = run([...results, { type: 'decoded', token }]);
    expect(takesAnotherResult(decoded)).toBe(false);
    expect(takesAnotherResult(run([{ type: 'revocation-reported' }], decoded))).toBe(false);
  });

  test('may still come for a token that nothing could check, until it is said to be revoked', () => {
    const doubtful: OfficerEvent = {
      type: 'decoded',
      token: { ...token, caution: 'Nothing could check it.' },
    };
    expect(takesAnotherResult(run([...results, doubtful]))).toBe(true);
    expect(takesAnotherResult(run([...results, doubtful, { type: 'revocation-reported' }, doubtful]))).toBe(
      false,
    );
  });
});

describe('a token that is handed over', () => {
  const station = {
    operator: operator.fingerprint,
    label: 'Station A',
    sealingKey: 'e'.repeat(64),
    expiresAt: now,
  };
  const handoff = { digest: 'h'.repeat(64), station: 'Station A', at: now };
  const outcome = {
    digest: 'o'.repeat(64),
    station: 'Station A',
    accessor: 'abc',
    proof: 'lookup answers 403',
    at: now,
  };
  const decoded: OfficerEvent[] = [
    ...started,
    attempt,
    { type: 'result-taken', result: { ...result('n1'), station } },
    { type: 'decoded', token },
  ];

  test('is alive until its outcome is here, and is then known to be revoked, with who proved it', () => {
    const handed = run([...decoded, { type: 'handed-over', handoff }]);
    expect(handed).toMatchObject({ step: 'decode', token: { handoff, outcome: null } });
    expect(hasLiveToken(handed)).toBe(true);
    const ended = run([...decoded, { type: 'handed-over', handoff }, { type: 'outcome-taken', outcome }]);
    expect(ended).toMatchObject({ step: 'destroy', token: { revocationReported: true, outcome } });
    expect(hasLiveToken(ended)).toBe(false);
  });

  test('stays handed over where it is decoded again, and a proof may come after a word', () => {
    const events: OfficerEvent[] = [
      ...decoded,
      { type: 'handed-over', handoff },
      { type: 'decoded', token },
      { type: 'revocation-reported' },
    ];
    expect(run(events)).toMatchObject({ step: 'destroy', token: { handoff, outcome: null } });
    expect(run([...events, { type: 'outcome-taken', outcome }])).toMatchObject({ token: { outcome } });
  });

  test('is one that was decoded here', () => {
    const before = decoded.slice(0, -1);
    expect(() => run([...before, { type: 'handed-over', handoff }])).toThrow('No token was decoded here yet');
    expect(() => run([...before, { type: 'outcome-taken', outcome }])).toThrow(
      'No token was decoded here yet',
    );
  });
});

describe('a ceremony on the disk of the version before', () => {
  const attemptSeen = { nonce: 'n1', progress: 0, required: 3, station: 'Station A', digest: 'd' };
  const roster = [officer, operator, second, ...custodians];
  const decodedToken = { ...token, revocationReported: false };
  /** Everything that the flat state had, as it was where there was nothing yet. */
  const nothing = {
    v: 1,
    role: 'officer',
    id: '0'.repeat(32),
    draft,
    roster: [],
    server: null,
    key: null,
    otp: null,
    start: null,
    attempt: null,
    result: null,
    token: null,
    destroyedAt: null,
    updatedAt: now,
  };
  const planned = { ...nothing, server, roster };
  const sent = { ...planned, key, start: 's'.repeat(64) };
  const { station: _, ...resultBefore } = result('n1');
  const answered = { ...sent, attempt: attemptSeen, result: resultBefore };
  const [ended, events] = [{ ...answered, token: decodedToken, destroyedAt: now }, results];

  test.each<[string, object, OfficerEvent[]]>([
    ['plan', { ...nothing, server }, [...agreed.slice(0, 1), { type: 'draft-changed', draft }]],
    // Gone back from a later step: the roster was left behind.
    ['plan', planned, [...started, { type: 'plan-reopened' }]],
    ['key', planned, agreed],
    ['start', sent, started.slice(0, -1)],
    ['result', { ...sent, attempt: attemptSeen }, [...started, attempt]],
    [
      'result',
      { ...planned, otp: { length: 28 }, start: 's' },
      [...agreed, { type: 'otp-ready', length: 28, start: 's' }, { type: 'start-sent' }],
    ],
    ['decode', answered, events],
    ['decode', { ...answered, token: decodedToken }, [...events, { type: 'decoded', token }]],
    [
      'destroy',
      { ...answered, token: { ...decodedToken, revocationReported: true } },
      [...events, { type: 'decoded', token }, { type: 'revocation-reported' }],
    ],
    ['sign-off', ended, [...events, { type: 'decoded', token }, { type: 'secret-destroyed', at: now }]],
  ])('is read at its step: %s', (step, flat, by) => {
    expect(officerCeremony.parse({ ...flat, step })).toEqual(run(by));
  });

  test('is refused where its step lacks what it must have', () => {
    expect(officerCeremony.safeParse({ ...planned, step: 'decode' }).success).toBe(false);
    expect(officerCeremony.safeParse({ ...planned, step: 'nowhere' }).success).toBe(false);
  });

  test('is written as it is read', () => {
    const state = run(results);
    expect(officerCeremony.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });
});
