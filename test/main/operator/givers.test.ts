import { expect, test } from 'vitest';
import { givers } from '../../../main/operator/givers';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import type { JournalLine } from '../../../shared/transcript/event';

const key = (letter: string): string => letter.repeat(40);
const [otto, oda] = [key('0'), key('1')];
const roster: readonly ParticipantState[] = [
  { name: 'Otto', role: 'operator', fingerprint: otto },
  { name: 'Oda', role: 'operator', fingerprint: oda },
  { name: 'Ada', role: 'custodian', fingerprint: key('a'), givesTo: otto, shares: 2 },
  { name: 'Ben', role: 'custodian', fingerprint: key('b'), givesTo: otto },
  { name: 'Cem', role: 'custodian', fingerprint: key('c'), givesTo: oda },
  { name: 'Dia', role: 'custodian', fingerprint: key('d') },
];

const line = (event: string, data: object, at = '2026-03-04T05:06:07.000Z'): JournalLine =>
  ({ event, data, at }) as unknown as JournalLine;
const intent = (custodian: string, nonce = 'n1'): JournalLine =>
  line('share-submit-intent', { nonce, custodian, digest: '' });
const counted = line('share-submitted', {
  nonce: 'n1',
  progress: 1,
  required: 3,
  complete: false,
  sharesSeenHere: 1,
});

/** Name, fate and number of accepted shares of each custodian, at Otto's station. */
const fates = (...lines: readonly JournalLine[]): string[] =>
  givers(roster, [], otto, lines, 'n1').map(({ name, fate, accepted }) => `${name} ${fate} ${accepted}`);

test('whoever gives here is awaited, whoever gives elsewhere is not seen, and a reserve is not asked', () => {
  expect(fates()).toEqual(['Ada awaited 0', 'Ben awaited 0', 'Cem elsewhere 0', 'Dia reserve 0']);
  expect(givers(roster, [], otto, [], 'n1').map(({ givesTo }) => givesTo)).toEqual([
    'Otto',
    'Otto',
    'Oda',
    null,
  ]);
});

test('a custodian who holds several shares is awaited until all of them are accepted', () => {
  expect(fates(intent(key('a')), counted)[0]).toBe('Ada awaited 1');
  expect(fates(intent(key('a')), counted, intent(key('a')), counted)[0]).toBe('Ada accepted 2');
});

test('a share whose outcome is open is called so, until it is known', () => {
  expect(fates(intent(key('b')))[1]).toBe('Ben unknown 0');
  expect(fates(intent(key('b')), counted)[1]).toBe('Ben accepted 1');
});

test('where the server threw all shares away, all are wanted again but the one that it refused', () => {
  const reset = line('share-rejected', { reason: 'The shares do not fit', reset: true });
  const lines = [intent(key('a')), counted, intent(key('a')), counted, intent(key('b')), reset];
  expect(fates(...lines).slice(0, 2)).toEqual(['Ada awaited 0', 'Ben refused 0']);
});

test('what was given for an earlier attempt does not count for this one', () => {
  expect(fates(intent(key('b'), 'n0'), counted)[1]).toBe('Ben awaited 0');
});
