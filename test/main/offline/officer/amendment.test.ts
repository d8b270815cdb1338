import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { OfflinePlayer } from '../../../../main/cli/rehearse/cast';
import type { OfficerDesk } from '../../../../main/offline/officer/desk';
import { eventWords } from '../../../../shared/transcript/event-words';
import { hexOf, openCeremony, refusal, release, type Stage, stageTest, take } from '../fixtures';

// Two of three shares, and two stations: the third custodian is a reserve.
const test = stageTest(3, 3);

const custodiansOf = ({ cast }: Stage) => {
  const [first, second, reserve] = cast.custodians;
  if (first === undefined || second === undefined || reserve === undefined)
    throw new Error('too few custodians');
  return { first, second, reserve };
};

const lines = (desk: OfficerDesk) => desk.file.journal.entries();
/** A journal has its fingerprints in upper case. */
const inJournal = (step: Record<string, string>) =>
  Object.fromEntries(Object.entries(step).map(([name, hex]) => [name, hex.toUpperCase()]));
const checksOf = ({ station }: OfflinePlayer) => station.custodian().state.checks;

test('a custodian’s laptop refuses an attempt of another station than the plan’s, by the names of both operators', async ({
  stage,
}) => {
  const { first } = custodiansOf(stage);
  const { attempts } = await openCeremony(stage);
  const { code, message } = await refusal(take(first, attempts[1]));
  expect(code).toBe('gives-elsewhere');
  expect(message).toMatch(/your share goes to Operator A, and this attempt code is of Operator B/);
  await take(first, attempts[0]);
  expect(checksOf(first)).toContainEqual({
    ok: true,
    text: 'By the plan your share goes to Operator A, who sees 1 of the 2 that are needed',
  });
  await stage.cast.operators[0].station.cancel();
}, 60_000);

test('a reserve is refused, steps in by an amendment in the same attempt, and whoever stepped out is refused from then on', async ({
  stage,
}) => {
  const { server, cast } = stage;
  const { officer, operators } = cast;
  const { first, second, reserve } = custodiansOf(stage);
  const { desk, attempts } = await openCeremony(stage);
  expect(await refusal(take(reserve, attempts[1]))).toMatchObject({
    code: 'gives-elsewhere',
    message: expect.stringContaining('you are a reserve'),
  });

  const step = { insteadOf: hexOf(second), reserve: hexOf(reserve), givesTo: hexOf(operators[1]) };
  const before = { state: desk.state, lines: lines(desk).length };
  expect(await refusal(desk.amendment.amend({ ...step, stated: false }))).toMatchObject({
    code: 'quorum-at-one-station',
    message: expect.stringContaining('Operator B alone'),
  });
  expect({ state: desk.state, lines: lines(desk).length }).toEqual(before);
  expect(desk.amendment.outbound).toBeNull();

  await desk.amendment.amend({ ...step, stated: true });
  expect(lines(desk).slice(before.lines)).toMatchObject([
    { event: 'plan-amended', data: { number: 1, steps: [inJournal(step)], quorumAtOneStation: true } },
    {
      event: 'exception',
      data: {
        kind: 'quorum-at-one-station',
        text: expect.stringContaining(
          "Should Custodian 2's share reach Operator B's station after all, Operator B alone could rebuild the root key",
        ),
      },
    },
    { event: 'message-sent', data: { type: 'amendment' } },
  ]);
  const out = [...officer.station.outbox.entries().values()].map(({ title }) => title);
  expect(out).toEqual(expect.arrayContaining(['Start', 'Amendment']));
  const amendment = desk.amendment.outbound?.message;
  if (amendment === undefined) throw new Error('no amendment goes out');

  const amended = (await operators[1].station.amend(amendment)).message;
  expect(await refusal(take(second, amended))).toMatchObject({
    code: 'gives-elsewhere',
    message: expect.stringContaining('a reserve gives instead of you'),
  });
  const atA = await operators[0].station.submit(await release(first, attempts[0], server.shares[0] ?? ''));
  expect(atA.result).toBeNull();
  const share = await release(reserve, amended, server.shares[2] ?? '');
  expect(checksOf(reserve)).toContainEqual({
    ok: false,
    text: 'By this plan Operator B alone could take the token and rebuild the root key. The officer states that it may be so.',
  });
  const { result } = await operators[1].station.submit(share);
  if (result === null) throw new Error('no result');
  await take(officer, result);
  await desk.token.decode(officer.passphrase);
  expect(desk.state).toMatchObject({ step: 'decode', amendment: { number: 1, steps: [step] } });
}, 60_000);

test('an amendment is kept over a restart, and withdrawn with the start when the officer goes back to the plan', async ({
  stage,
}) => {
  const { officer, operators } = stage.cast;
  const { second, reserve } = custodiansOf(stage);
  const { desk } = await openCeremony(stage);
  await desk.amendment.amend({
    insteadOf: hexOf(second),
    reserve: hexOf(reserve),
    givesTo: hexOf(operators[1]),
    stated: true,
  });
  const { id } = desk.state;
  await officer.station.openCeremony(id);
  const later = officer.station.officer();
  expect(later.amendment.outbound?.message.envelope).toMatchObject({
    type: 'amendment',
    body: { number: 1 },
  });
  later.reopenPlan();
  expect(later.amendment.outbound).toBeNull();
  expect(lines(later).map((line) => eventWords(line).text)).toEqual(
    expect.arrayContaining([
      'A start message was withdrawn: the officer went back to the plan',
      'An amendment message was withdrawn: the officer went back to the plan',
    ]),
  );
  expect(readFileSync(later.file.paths.state, 'utf8')).not.toContain('amendment');
  await operators[0].station.cancel({ ceremony: id });
}, 60_000);
