import { utf8 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { canonicalLine, NO_LINE, nextLine, parseJournal } from '../../../shared/transcript/journal-line';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import { ceremonyPlans, fileOf, journalOf } from './archive';

const origin = { station: 'B', who: '', ceremony: '', rehearsal: true, at: '2026-05-01T09:00:00Z' };

function failure(run: () => unknown): { code: string; line: number | null } | 'accepted' {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof TranscriptError) return { code: error.code, line: error.line };
    throw error;
  }
}

describe('a journal line', () => {
  test('is canonical JSON with its hash, as any RFC 8785 tool writes it', () => {
    const { text, hash } = nextLine(null, origin, 'exception', { text: 'é "quoted"' });
    expect(text).toBe(
      `{"at":"2026-05-01T09:00:00Z","ceremony":"","data":{"text":"é \\"quoted\\""},"event":"exception","n":1,"prev":"${NO_LINE}","rehearsal":true,"station":"B","v":1,"who":""}`,
    );
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('comes back as the same value from a whole journal', async () => {
    for (const plan of await ceremonyPlans()) {
      const lines = journalOf(plan);
      expect(parseJournal(fileOf(lines))).toEqual(lines);
      expect(lines.map(({ line }) => canonicalLine(line))).toEqual(lines.map(({ text }) => text));
    }
  });

  test('is refused with data that its event does not have', () => {
    const wrong = [
      () => nextLine(null, origin, 'token-shown', { token: 'hvs.x' } as never),
      () => nextLine(null, origin, 'message-sent', { type: 'share', digest: 'short', carrier: 'qr' }),
      () => nextLine(null, origin, 'exception', { text: '' }),
      () => nextLine(null, { ...origin, at: 'now' }, 'token-shown', {}),
      () => nextLine(null, origin, 'no-such-event' as never, {} as never),
    ];
    for (const run of wrong) expect(failure(run)).toEqual({ code: 'bad-event', line: null });
  });
});

describe('a journal file is refused', () => {
  const first = nextLine(null, origin, 'exception', { text: 'one' });
  const second = nextLine(first, origin, 'exception', { text: 'two' });
  const third = nextLine(second, origin, 'exception', { text: 'three' });
  const fourth = nextLine(third, origin, 'exception', { text: 'four' });
  const sent = nextLine(null, origin, 'message-sent', {
    type: 'share',
    digest: 'ab'.repeat(32),
    carrier: 'qr',
  });
  const file = (...texts: string[]): string => texts.map((text) => `${text}\n`).join('');

  test.each([
    ['where it is empty', '', 'empty', null],
    ['where its last line is torn', `${file(first.text)}${second.text}`, 'torn-line', 2],
    ['where a line is no JSON', file(first.text, 'x', third.text), 'bad-line', 2],
    ['where a line is blank', file(first.text, '', second.text), 'bad-line', 2],
    [
      'where a line has another order of fields',
      file(
        first.text
          .replace('{"at":"2026-05-01T09:00:00Z",', '{')
          .replace('"v":1', '"v":1,"at":"2026-05-01T09:00:00Z"'),
      ),
      'bad-line',
      1,
    ],
    ['where a field is said twice', file(first.text.replace('"v":1', '"v":1,"v":1')), 'bad-line', 1],
    ['where a line ends as on another system', file(`${first.text}\r`), 'bad-line', 1],
    [
      'where the fields of its data have another order',
      file(sent.text.replace(/"carrier":"qr",(.*?)"type":"share"/, '$1"type":"share","carrier":"qr"')),
      'bad-line',
      1,
    ],
    [
      'where a character is written as its number',
      file(first.text.replace('one', '\\u006fne')),
      'bad-line',
      1,
    ],
    ['where a number is written in another way', file(first.text.replace('"n":1', '"n":1.0')), 'bad-line', 1],
    [
      'where a text is not as Airlock would have cleaned it',
      file(first.text.replace('one', 'o\\u2028e')),
      'bad-line',
      1,
    ],
    ['where an event is unknown', file(first.text.replace('exception', 'miracle')), 'bad-line', 1],
    ['where its first line is missing', file(second.text, third.text), 'broken-chain', 1],
    ['where a line between is missing', file(first.text, third.text), 'broken-chain', 2],
    ['where lines changed places', file(second.text, first.text), 'broken-chain', 1],
    [
      'where a line was changed, naming that line',
      file(first.text, second.text.replace('two', 'TWO'), third.text, fourth.text),
      'broken-chain',
      2,
    ],
    [
      'where a link was changed, naming that line',
      file(first.text, second.text.replace(first.hash, third.hash), third.text),
      'broken-chain',
      2,
    ],
  ])('%s', (_, text, code, line) => {
    expect(failure(() => parseJournal(text))).toEqual({ code, line });
  });

  test('where a line is no UTF-8', () => {
    const bytes = utf8.decode(file(first.text));
    bytes[20] = 0xff;
    expect(failure(() => parseJournal(bytes))).toEqual({ code: 'bad-line', line: 1 });
  });

  test('naming the changed one of the last two lines where the signed head is known', () => {
    const changed = file(first.text.replace('one', 'ONE'), second.text);
    expect(failure(() => parseJournal(changed))).toEqual({ code: 'broken-chain', line: 2 });
    expect(failure(() => parseJournal(changed, second.hash))).toEqual({ code: 'broken-chain', line: 1 });
  });
});
