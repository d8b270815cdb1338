import { expect, test } from 'vitest';
import { type CarriedOut, carriedOut, countOf, endOf } from '../../../shared/script/carried-out';
import type { Script } from '../../../shared/script/script';
import { scriptHash } from '../../../shared/script/script-hash';
import type { EventData, JournalEvent } from '../../../shared/transcript/event';
import { nextLine, type WrittenLine } from '../../../shared/transcript/journal-line';

const FINGERPRINT = 'AB'.repeat(20);
const script = (version: string): Script => ({
  title: 'Small',
  version,
  about: '',
  roles: [
    { name: 'officer', duty: '', plays: 'officer' },
    { name: 'safe controller', duty: '' },
  ],
  sections: [
    {
      title: 'Before',
      signs: ['safe controller'],
      steps: [
        {
          action: 'Hand out',
          by: 'safe controller',
          expected: 'Whole',
          checks: [{ text: 'Bag', value: 'bag number' }],
        },
        { action: 'Look around', by: 'officer', expected: '', checks: [] },
      ],
    },
    {
      title: 'Ceremony',
      signs: [],
      steps: [
        { action: 'Make the key', by: 'officer', expected: '', checks: [], own: 'secret-made' },
        {
          action: 'Destroy it',
          by: 'officer',
          expected: '',
          checks: [{ text: 'Seen' }],
          own: 'secret-destroyed',
        },
      ],
    },
  ],
  statements: [],
});
const chosen = (version: string): JournalEvent[] => {
  const { sections, ...head } = script(version);
  return [
    {
      event: 'script-chosen',
      data: { ...head, sections: sections.length, sha256: scriptHash(script(version)) },
    },
    ...sections.map(
      (section, i): JournalEvent => ({ event: 'script-section', data: { number: i + 1, ...section } }),
    ),
  ];
};
const step = (
  section: number,
  number: number,
  more: Partial<EventData<'script-step'>> = {},
): JournalEvent => ({
  event: 'script-step',
  data: {
    section,
    step: number,
    result: 'as-expected',
    checks: [],
    actual: '',
    by: 'Sam',
    deviation: '',
    decidedBy: '',
    ...more,
  },
});
const keyMade: JournalEvent = {
  event: 'key-made',
  data: { fingerprint: FINGERPRINT, algorithm: 'curve25519' },
};

/** The scripts of a journal of these events, a second each. */
function of(...journal: readonly JournalEvent[]): CarriedOut[] {
  const lines: WrittenLine[] = [];
  for (const { event, data } of journal) {
    const at = new Date(Date.UTC(2026, 0, 2, 3, 4, lines.length)).toISOString();
    const origin = { station: 'Office', who: FINGERPRINT, ceremony: '0'.repeat(32), rehearsal: false, at };
    lines.push(nextLine(lines.at(-1) ?? null, origin, event, data as never));
  }
  return carriedOut(lines.map(({ line }) => line));
}
const stepsOf = (carried: CarriedOut | undefined) => carried?.sections.flatMap(({ steps }) => steps) ?? [];

test('a script is the one that its hash is of, and none of its steps is done before somebody says so', () => {
  const [carried] = of(...chosen('1'));
  expect(carried).toMatchObject({
    title: 'Small',
    isWhole: true,
    until: null,
    sha256: scriptHash(script('1')),
  });
  expect(carried && countOf(carried)).toEqual({ steps: 4, open: 4, deviations: 0 });
  expect(stepsOf(carried).map(({ number }) => number)).toEqual(['1.1', '1.2', '2.1', '2.2']);
});

test('a script of which a section is missing, or another stands in its place, is not whole', () => {
  expect(of(...chosen('1').slice(0, -1))[0]?.isWhole).toBe(false);
  const [head, , ceremony] = chosen('1');
  const other: JournalEvent = {
    event: 'script-section',
    data: { number: 1, title: 'Other', signs: [], steps: [] },
  };
  expect(of(...(head && ceremony ? [head, other, ceremony] : []))[0]?.isWhole).toBe(false);
});

test('a script that was chosen again after a program was killed in the middle is whole, and keeps its steps', () => {
  const found = of(...chosen('1').slice(0, 2), ...chosen('1'), step(1, 2), ...chosen('1'));
  expect(found.map(({ isWhole }) => isWhole)).toEqual([true]);
  expect(stepsOf(found[0])[1]?.state).toBe('as-expected');
});

test('a step that was recorded again has its last record, and keeps those before', () => {
  const deviation = { result: 'deviation', deviation: 'Torn: a new bag', decidedBy: 'Olga' } as const;
  const [first] = stepsOf(
    of(...chosen('1'), step(1, 1, { checks: [{ done: true, value: '17' }] }), step(1, 1, deviation))[0],
  );
  expect(first).toMatchObject({
    state: 'deviation',
    record: deviation,
    earlier: [{ checks: [{ value: '17' }] }],
  });
});

test('what the program does fills its own step in, also where it was done before the script was chosen', () => {
  const [carried] = of(keyMade, ...chosen('1'));
  const made = stepsOf(carried)[2];
  expect(made?.state).toBe('as-expected');
  expect(made && endOf(made, 'Olga')).toEqual({
    at: '2026-01-02T03:04:00.000Z',
    by: 'Olga',
    actual: expect.stringContaining(`${FINGERPRINT}, curve25519`),
  });
});

test('a step of the program’s own with checks is done once people have ticked them', () => {
  const destroyed: JournalEvent = { event: 'secret-destroyed', data: { what: 'ceremony-key' } };
  const open = stepsOf(of(...chosen('1'), keyMade, destroyed)[0])[3];
  expect(open).toMatchObject({ state: 'open', done: { text: 'Destroyed: the ceremony’s key' } });
  const ticked = step(2, 2, { checks: [{ done: true, value: '' }] });
  const done = stepsOf(of(...chosen('1'), keyMade, destroyed, ticked)[0])[3];
  expect(done && endOf(done, 'Olga')).toMatchObject({ by: 'Sam', actual: 'Destroyed: the ceremony’s key' });
});

test('what a plan before had made is not done any more once the plan was agreed on anew', () => {
  const agreed: JournalEvent = {
    event: 'plan-agreed',
    data: {
      title: 'T',
      purpose: '',
      ticket: '',
      method: 'pgp',
      server: '',
      cluster: '',
      threshold: 1,
      tasks: [],
      roster: [],
      sameStationAllowed: false,
    },
  };
  const destroyed: JournalEvent = { event: 'secret-destroyed', data: { what: 'ceremony-key' } };
  const steps = stepsOf(of(agreed, keyMade, ...chosen('1'), destroyed, agreed)[0]);
  expect(steps.map(({ done }) => done)).toEqual([null, null, null, null]);
});

test('a step that was carried out after a later one says so', () => {
  const steps = stepsOf(of(...chosen('1'), step(1, 1), keyMade, step(1, 2))[0]);
  expect(steps.map(({ after }) => after)).toEqual([null, '2.1', null, null]);
  // A correction is no second carrying out.
  expect(stepsOf(of(...chosen('1'), step(1, 2), keyMade, step(1, 2))[0])[1]?.after).toBe(null);
});

test('another script takes the place of the one before, whose steps stay on record', () => {
  const found = of(...chosen('1'), step(1, 2), ...chosen('2'), { event: 'script-left', data: {} });
  expect(found.map(({ version, until }) => [version, until !== null])).toEqual([
    ['1', true],
    ['2', true],
  ]);
  expect(stepsOf(found[0])[1]?.state).toBe('as-expected');
  expect(stepsOf(found[1])[1]?.state).toBe('open');
});

test('people come and go, and breaks begin and end, with their times', () => {
  const sam = { role: 'safe controller', name: 'Sam', organisation: 'Bank' };
  const [carried] = of(
    ...chosen('1'),
    { event: 'script-person', data: sam },
    { event: 'script-break', data: { what: 'begins', stayed: 'Sam and Olga' } },
    { event: 'script-break', data: { what: 'ends', stayed: '' } },
    { event: 'script-person', data: { ...sam, left: true } },
    { event: 'script-break', data: { what: 'begins', stayed: 'nobody' } },
  );
  expect(carried?.people).toEqual([
    { ...sam, from: '2026-01-02T03:04:03.000Z', to: '2026-01-02T03:04:06.000Z' },
  ]);
  expect(carried?.breaks).toEqual([
    { from: '2026-01-02T03:04:04.000Z', to: '2026-01-02T03:04:05.000Z', stayed: 'Sam and Olga' },
    { from: '2026-01-02T03:04:07.000Z', to: null, stayed: 'nobody' },
  ]);
});
