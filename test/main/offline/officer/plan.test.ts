import { expect } from 'vitest';
import { plainDraft } from '../../../../main/offline/officer/agreed-plan';
import type { OfflineStation } from '../../../../main/offline/offline-station';
import { toHex } from '../../../../shared/bytes';
import { startOf } from '../../../../shared/ceremony/officer';
import { type PlanDraft, planDraft } from '../../../../shared/ceremony/plan';
import { largestStart } from '../../../../shared/message/body';
import { wireBytes } from '../../../../shared/message/wire';
import type { TaskEntry } from '../../../../shared/task/task';
import { introduce, test as plain, refusal } from '../fixtures';

interface Team {
  readonly officer: OfflineStation;
  readonly custodians: readonly string[];
  readonly operators: readonly string[];
}

/**
 * An officer who knows three custodians and two operators, at the plan of a ceremony that needs two of three
 * shares.
 */
const test = plain.extend<{ team: Team }>({
  team: async ({ newStation }, use) => {
    const officer = await newStation('Olga', 'officer');
    const meet = async (name: string, role: 'custodian' | 'operator') => {
      const other = await newStation(name, role);
      await introduce(other, officer);
      return toHex(other.identity().fingerprint);
    };
    const custodians = [
      await meet('Ada', 'custodian'),
      await meet('Ben', 'custodian'),
      await meet('Cyd', 'custodian'),
    ];
    const operators = [await meet('Otto', 'operator'), await meet('Oda', 'operator')];
    officer.beginCeremony(false);
    officer.officer().plan.takeByHand({
      address: 'https://vault.example:8200',
      otpLength: 28,
      threshold: 2,
      shares: 3,
    });
    await use({ officer, custodians, operators });
  },
});

const agree = ({ officer }: Team, plan: Partial<PlanDraft>): void => {
  const desk = officer.officer();
  desk.plan.agree({ ...desk.state.draft, title: 'Re-enable OIDC', purpose: 'The tenant changed', ...plan });
};

/**
 * Where each custodian gives by the start message, and whether it states that somebody alone may have a
 * quorum.
 */
async function startOfPlan({ officer }: Team) {
  const desk = officer.officer();
  await desk.key.makeKey('curve25519');
  const { body } = desk.file.message(startOf(desk.state) ?? '', 'start').envelope;
  const givesTo = body.roster
    .filter(({ role }) => role === 'custodian')
    .map((person) => [person.name, person.givesTo === undefined ? null : toHex(person.givesTo)]);
  return { givesTo: Object.fromEntries(givesTo), stated: body.quorumAtOneStation ?? false };
}

const lines = ({ officer }: Team) => officer.officer().file.journal.entries();

test('the start message spreads custodians evenly over the stations, and whoever is left over is a reserve', async ({
  team,
}) => {
  const [otto, oda] = team.operators;
  agree(team, { roster: [...team.operators, ...team.custodians] });
  expect(await startOfPlan(team)).toEqual({ givesTo: { Ada: otto, Ben: oda, Cyd: null }, stated: false });
  expect(lines(team).some(({ event }) => event === 'exception')).toBe(false);
});

test('what the officer chooses stays, and the others are spread around it', async ({ team }) => {
  const [otto = '', oda = ''] = team.operators;
  const [ada = '', ben = ''] = team.custodians;
  agree(team, {
    roster: [...team.operators, ...team.custodians],
    stations: { [ada]: '', [ben]: otto },
  });
  expect((await startOfPlan(team)).givesTo).toEqual({ Ada: null, Ben: otto, Cyd: oda });
});

test('a team with one station is told what it lacks, and goes on only once the officer states who alone could rebuild the root key', async ({
  team,
}) => {
  const [otto = ''] = team.operators;
  const roster = [otto, ...team.custodians];
  const before = lines(team).length;
  const { code, message } = await refusal(() => agree(team, { roster }));
  expect(code).toBe('quorum-too-small');
  expect(message).toContain('state that one station may take all');
  expect(team.officer.officer().state.step).toBe('plan');
  expect(lines(team)).toHaveLength(before);

  agree(team, { roster, quorumAtOneStation: true });
  expect(lines(team).slice(before)).toMatchObject([
    { event: 'plan-agreed', data: { quorumAtOneStation: true } },
    {
      event: 'exception',
      data: {
        kind: 'quorum-at-one-station',
        text: expect.stringContaining('Otto alone could take the token and rebuild the root key'),
      },
    },
  ]);
  expect(await startOfPlan(team)).toEqual({ givesTo: { Ada: otto, Ben: otto, Cyd: otto }, stated: true });
});

test('a choice that gives one station a quorum is refused by its operator’s name', async ({ team }) => {
  const [otto = ''] = team.operators;
  const [ada = '', ben = ''] = team.custodians;
  const { code, message } = await refusal(() =>
    agree(team, {
      roster: [...team.operators, ...team.custodians],
      stations: { [ada]: otto, [ben]: otto },
    }),
  );
  expect(code).toBe('quorum-at-one-station');
  expect(message).toContain('Otto alone');
});

test('a statement that the plan has no need of changes nothing in it, and is not on the record', async ({
  team,
}) => {
  agree(team, { roster: [...team.operators, ...team.custodians], quorumAtOneStation: true });
  expect((await startOfPlan(team)).stated).toBe(false);
  expect(lines(team).some(({ event }) => event === 'exception')).toBe(false);
});

test('a custodian who holds a whole quorum has to be stated, also where everything crosses as plain values', async ({
  team,
}) => {
  const [ada = '', ben = ''] = team.custodians;
  const plan = { roster: [ada, ben], shares: { [ada]: 2 } };
  expect(await refusal(() => agree(team, plan))).toMatchObject({
    code: 'quorum-at-one-station',
    message: expect.stringContaining('Ada alone'),
  });
  agree(team, { ...plan, quorumAtOneStation: true });
  expect(lines(team).at(-1)).toMatchObject({
    event: 'exception',
    data: { kind: 'quorum-at-one-station' },
  });
});

const policy = (name: string, lines: number) => ({
  task: 'write-policy' as const,
  name,
  policy: ['path "secret/*" {', ...Array.from({ length: lines }, () => `  # ${'x'.repeat(90)}`), '}'],
});

test('the tasks of the plan go out and on record as they are, with revoking the token as the last', async ({
  team,
}) => {
  const [ada = ''] = team.custodians;
  const token: TaskEntry = {
    ...{ task: 'create-token', policies: ['app'], withDefault: true, type: 'service', orphan: true },
    ...{ renewable: false, ttl: 3600, maxTtl: 0, period: 0, uses: 0, name: '', recipient: ada },
  };
  const tasks = [policy('app', 1), token, ' Tell  them '];
  agree(team, { roster: [...team.operators, ...team.custodians], tasks });
  const all = [policy('app', 1), token, 'Tell them', { task: 'revoke-self' }];
  expect(lines(team).findLast(({ event }) => event === 'plan-agreed')?.data).toMatchObject({ tasks: all });
  await team.officer.officer().key.makeKey('curve25519');
  const desk = team.officer.officer();
  expect(desk.file.message(startOf(desk.state) ?? '', 'start').envelope.body.tasks).toEqual(all);
});

test('a plan is refused with a task that is begun, one that no plan may have, or more than a code can carry', async ({
  team,
}) => {
  const roster = [...team.operators, ...team.custodians];
  const before = lines(team).length;
  const refused = async (plan: Partial<PlanDraft>) => {
    const { code, message } = await refusal(() => agree(team, { roster, ...plan }));
    return `${code}: ${message}`;
  };
  expect(await refused({ taskInHand: { template: 'request', at: null, fields: {} } })).toMatch(
    /^task-in-hand: A task is begun that is not in the plan yet/,
  );
  const [otto = ''] = team.operators;
  const request = { task: 'request' as const, method: 'GET' as const, path: 'sys/auth', about: '' };
  expect(await refused({ tasks: [{ ...request, recipient: otto }] })).toMatch(
    /^wrong-task: Task 1: .*not for an operator/,
  );
  expect(await refused({ tasks: ['x', { ...request, path: 'sys/seal' }] })).toMatch(
    /^wrong-task: Task 2: .*the seal/,
  );
  expect(await refused({ tasks: [policy('a', 50), policy('b', 50)] })).toMatch(
    /^plan-too-large: The plan is about \d+ bytes too large/,
  );
  expect(lines(team)).toHaveLength(before);
  expect(team.officer.officer().state.step).toBe('plan');
});

test('the largest plan that is agreed on has a start that every attempt can carry, whatever key is made for it', async ({
  team,
}) => {
  const roster = [...team.operators, ...team.custodians];
  let rows = 90;
  const plan = () => ({
    roster,
    tasks: [policy('a', Math.min(rows, 55)), policy('b', Math.max(rows - 55, 0))],
  });
  while ((await refusal(() => agree(team, plan())).catch(() => null)) !== null) rows -= 1;
  expect(rows).toBeGreaterThan(50);
  await team.officer.officer().key.makeKey('rsa4096');
  const desk = team.officer.officer();
  expect(wireBytes(desk.file.message(startOf(desk.state) ?? '', 'start')).length).toBeLessThanOrEqual(
    largestStart,
  );
});

test('a plan that an earlier version kept while it was typed is read, and its last line is the last task', () => {
  const kept = {
    ...{ title: '', purpose: '', ticket: '', method: 'pgp', roster: [], sameStationAllowed: false },
    ...{ rehearsal: false, tasks: ['Look around', '', 'Revoke this token, and prove it'] },
  };
  const draft = planDraft.parse(kept);
  expect(draft).toMatchObject({ tasks: kept.tasks, taskInHand: null });
  expect(plainDraft(draft).tasks).toEqual(['Look around', { task: 'revoke-self' }]);
});
