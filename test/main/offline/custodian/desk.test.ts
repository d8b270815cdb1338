import { readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import type { OfflinePlayer } from '../../../../main/cli/rehearse/cast';
import { writeSealed } from '../../../../main/store/seal/sealed-file';
import { toHex } from '../../../../shared/bytes';
import { startOf } from '../../../../shared/ceremony/officer';
import type { SignedMessage } from '../../../../shared/message/wire';
import { parseShare } from '../../../../shared/share/share';
import { cardGroups } from '../../../../shared/share/share-card';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { type Stage, stageTest, take } from '../fixtures';

const test = stageTest(3);
let server: Stage['server'];
let custodian: OfflinePlayer;
let attempt: SignedMessage<'attempt'>;

/** A custodian who has checked an attempt, and is about to enter the share. */
test.beforeAll(async ({ stage }) => {
  const { cast } = stage;
  server = stage.server;
  const [operator] = cast.operators;
  const [first, second] = cast.custodians;
  if (first === undefined || second === undefined) throw new Error('there are too few custodians');
  custodian = first;
  const { officer } = cast;

  // Before any ceremony the custodian entered the share at home, under a name of their own.
  await custodian.station.custody.enter({ kind: 'text', text: server.shares[0] ?? '' }, 'the big one');

  officer.station.beginCeremony(true);
  await take(officer, (await operator.station.status()).message);
  const desk = officer.station.officer();
  desk.plan.agree({
    ...desk.state.draft,
    title: 'Rehearsal',
    purpose: 'Practice',
    ticket: 'T-1',
    method: 'pgp',
    roster: [operator.identity, first.station.identity(), second.station.identity()].map(({ fingerprint }) =>
      toHex(fingerprint),
    ),
    // There is one operator only.
    quorumAtOneStation: true,
    sameStationAllowed: true,
  });
  await desk.key.makeKey('curve25519');
  desk.startSent();
  const start = desk.file.message(startOf(desk.state) ?? '', 'start');
  attempt = (await operator.station.start(start)).message;
  await take(custodian, attempt);
  custodian.station.custodian().check(true, '');
}, 60_000);

const enter = (text: string) => custodian.station.custodian().enterShare({ kind: 'text', text });
const journal = () => {
  const { journal: path } = custodian.station.custodian().file.paths;
  return parseJournal(readFileSync(path, 'utf8')).map(({ line }) => line);
};

test('an attempt that comes in takes the place of a share held at home: that one is overwritten', () => {
  expect(custodian.station.custody.holdsShare).toBe(false);
});

test('a share that was entered at home is known in the ceremony, and then by the cluster itself', async () => {
  await enter(server.shares[0] ?? '');
  expect(custodian.station.custodian().state).toMatchObject({ share: { seenBefore: 'matches' } });
  custodian.station.custodian().forgetShare();
  await expect(enter(server.shares[1] ?? '')).rejects.toMatchObject({ code: 'share-differs' });
});

test('a share that was mistyped at its first entry is put right in the ceremony, and the transcript says just that', async () => {
  const { station } = custodian;
  const other = { kind: 'text', text: server.shares[1] ?? '' } as const;
  await station.custodian().enterShare({ ...other, replacesRecorded: 'mistyped' });
  expect(station.custodian().state).toMatchObject({ share: { seenBefore: 'first' } });
  const recorded = JSON.stringify(journal().at(-1));
  expect(recorded).toContain('mistyped when it was first entered');
  expect(recorded).not.toContain('rekeyed');
  station.custodian().forgetShare();
  await station
    .custodian()
    .enterShare({ kind: 'text', text: server.shares[0] ?? '', replacesRecorded: 'mistyped' });
  station.custodian().forgetShare();
});

test('a share is entered from its card in a ceremony too, and a typing error is named by its group', async () => {
  const groups = cardGroups(parseShare(server.shares[0] ?? ''));
  const [first = '', ...others] = groups;
  const typo = `${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`;
  await expect(enter([typo, ...others].join(' '))).rejects.toMatchObject({
    code: 'card-group',
    message: expect.stringContaining('Group 1 is wrong'),
  });
  await enter(groups.join(' '));
  expect(custodian.station.custodian().state.step).toBe('release');
});

test('a card made in a ceremony is in its transcript, and says that it was a rehearsal', () => {
  const card = custodian.station.cards.take();
  expect(card).toMatchObject({ custodian: custodian.name, rehearsal: true, length: 33 });
  expect(card.groups).toEqual(cardGroups(parseShare(server.shares[0] ?? '')));
  expect(journal().at(-1)).toMatchObject({
    event: 'plain-crossing',
    data: { what: 'share', direction: 'out' },
    rehearsal: true,
  });
  custodian.station.cards.failed('the print dialog was cancelled');
  expect(journal().at(-1)).toMatchObject({
    event: 'exception',
    data: { text: expect.stringContaining('cancelled') },
  });
});

test('an attempt that is refused costs no share that is held; a further one that is right is checked anew', async () => {
  await enter(server.shares[0] ?? '');
  const forged = {
    ...attempt,
    signature: attempt.signature.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
  };
  await expect(take(custodian, forged)).rejects.toMatchObject({ name: 'MessageError' });
  expect(custodian.station.custodian().holdsShare).toBe(true);
  expect(custodian.station.custodian().state.step).toBe('release');

  await take(custodian, attempt);
  expect(custodian.station.custodian().holdsShare).toBe(false);
  expect(custodian.station.custodian().state.step).toBe('check');
  expect(journal().at(-1)).toMatchObject({ event: 'message-received', data: { type: 'attempt' } });
});

test('a share is not released once the station’s key has expired by this laptop’s clock, and stays held', async () => {
  const { station } = custodian;
  station.custodian().check(true, '');
  await enter(server.shares[0] ?? '');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2100-01-01') });
  try {
    await expect(station.custodian().release()).rejects.toMatchObject({ code: 'station-key-expired' });
  } finally {
    vi.useRealTimers();
  }
  expect(station.custodian().holdsShare).toBe(true);
  await take(custodian, attempt);
});

/** Releases the held share; digests of the share messages on record as sent, and of those withdrawn. */
async function released(): Promise<{ readonly sent: string[]; readonly withdrawn: string[] }> {
  await custodian.station.custodian().release();
  const digests = (event: string) =>
    journal().flatMap((line) =>
      line.event === event && 'type' in line.data && line.data.type === 'share' && 'digest' in line.data
        ? [String(line.data.digest)]
        : [],
    );
  return { sent: digests('message-sent'), withdrawn: digests('message-withdrawn') };
}

test('a share is overwritten once it is released, and a release that a crash cut short is withdrawn by the next', async () => {
  const { state } = custodian.station.custodian().file.paths;
  custodian.station.custodian().check(true, '');
  await enter(server.shares[0] ?? '');
  const before = readFileSync(state);
  expect((await released()).withdrawn).toEqual([]);
  expect(custodian.station.custodian().holdsShare).toBe(false);
  expect(() => custodian.station.custodian().revealShare()).toThrow(/no longer in memory/);

  const { id } = custodian.station.custodian().state;
  custodian.station.leave();
  writeSealed(state, before);
  await custodian.station.openCeremony(id);
  await enter(server.shares[0] ?? '');
  const { sent, withdrawn } = await released();
  expect(sent).toHaveLength(2);
  expect(withdrawn).toEqual(sent.slice(0, 1));
});

test('a share that was not needed is withdrawn on record, shown no more, and its custodian signs off', async () => {
  // Also after the attempt's code was taken once more.
  await take(custodian, attempt);
  expect(custodian.station.custodian().shareStands).toBe(true);
  custodian.station.custodian().withdrawRelease();
  expect(custodian.station.custodian().shareStands).toBe(false);
  expect(custodian.station.custodian().outbound).toBeNull();
  expect(custodian.station.custodian().state.step).toBe('sign-off');
  expect(journal().at(-1)).toMatchObject({
    event: 'message-withdrawn',
    data: { type: 'share', reason: expect.stringContaining('not needed') },
  });
});
