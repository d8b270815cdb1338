import { expect, test } from 'vitest';
import { givingRoster } from '../../../shared/ceremony/giving-roster';
import {
  newOfficerCeremony,
  type OfficerCeremony,
  type OfficerEvent,
  officerCeremony,
  officerNext,
} from '../../../shared/ceremony/officer';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import { stationChoices, whoCanMove } from '../../../shared/ceremony/step-in';

const now = '2026-03-01T09:00:00.000Z';
const person = (name: string, role: ParticipantState['role']): ParticipantState => ({
  name,
  role,
  fingerprint: Buffer.from(name.padEnd(20, '.')).toString('hex'),
});
const operators = ['Otto', 'Oda', 'Oke'].map((name) => person(name, 'operator'));
const custodians = ['Ada', 'Ben', 'Cyd', 'Dan', 'Xavier'].map((name) => person(name, 'custodian'));
const idOf = (name: string): string => person(name, 'custodian').fingerprint;
const threshold = 3;
// Ada and Dan give to Otto, Ben to Oda, Cyd to Oke; Xavier is a reserve by the officer's choice.
const roster = givingRoster(
  [person('Olga', 'officer'), ...operators, ...custodians],
  { stations: { [idOf('Xavier')]: '' }, shares: {}, quorumAtOneStation: false },
  threshold,
);
const step = { reserve: idOf('Xavier'), insteadOf: idOf('Ada') };

const draft = {
  ...newOfficerCeremony('', false, now).draft,
  title: 'Re-enable OIDC',
  purpose: 'Tenant change',
};
const key = { fingerprint: 'f'.repeat(40), algorithm: 'curve25519', publicKey: '00', createdAt: now };
const started: OfficerCeremony = (
  [
    {
      type: 'server-learned',
      server: {
        address: 'https://vault.example:8200',
        version: '1.21.4',
        clusterId: 'c1',
        clusterName: 'prod',
        threshold,
        shares: 5,
        otpLength: 28,
        serverTime: now,
        station: null,
      },
    },
    { type: 'plan-agreed', draft, roster },
    { type: 'key-ready', key, start: 's'.repeat(64) },
  ] satisfies OfficerEvent[]
).reduce<OfficerCeremony>(
  (state, event) => officerNext(state, event, now),
  newOfficerCeremony('0'.repeat(32), false, now),
);

const amended = (givesTo: string, stated: boolean): OfficerEvent => ({
  type: 'amended',
  amendment: { digest: 'd'.repeat(64), number: 1, steps: [{ ...step, givesTo }] },
  stated,
});

test('a reserve is offered the stations with room first, and a statement at the one that a late share would give a quorum', () => {
  const choices = stationChoices({ roster, steps: [], threshold }, step);
  expect(choices.map(({ operator, seen, statement }) => [operator.name, seen, statement])).toEqual([
    ['Oda', 2, null],
    ['Oke', 2, null],
    ['Otto', 3, "Should Ada's share reach Otto's station after all, Otto alone could rebuild the root key"],
  ]);
});

test('only who gives can step out, only reserves can step in, and nobody does so twice', () => {
  const names = (people: readonly ParticipantState[]) => people.map(({ name }) => name);
  const before = whoCanMove({ roster, steps: [], threshold });
  expect(names(before.giving)).toEqual(['Ada', 'Ben', 'Cyd', 'Dan']);
  expect(names(before.reserves)).toEqual(['Xavier']);
  const after = whoCanMove({ roster, steps: [{ ...step, givesTo: idOf('Oda') }], threshold });
  expect(names(after.giving)).toEqual(['Ben', 'Cyd', 'Dan']);
  expect(names(after.reserves)).toEqual([]);
});

test('the officer’s ceremony takes a step that leaves room as it is, and another only with the statement', () => {
  expect(officerNext(started, amended(idOf('Oda'), false), now)).toMatchObject({
    step: 'start',
    amendment: { number: 1 },
  });
  expect(() => officerNext(started, amended(idOf('Otto'), false), now)).toThrow(/Otto alone/);
  expect(officerNext(started, amended(idOf('Otto'), true), now)).toMatchObject({ amendment: { number: 1 } });
  const reopened = officerNext(
    officerNext(started, amended(idOf('Oda'), false), now),
    { type: 'plan-reopened' },
    now,
  );
  expect(reopened).not.toHaveProperty('amendment');
});

test('a state that was written before there were amendments is read with none', () => {
  const { amendment, ...before } = started as Extract<OfficerCeremony, { step: 'start' }>;
  expect(amendment).toBeNull();
  expect(officerCeremony.parse(before)).toEqual(started);
});
