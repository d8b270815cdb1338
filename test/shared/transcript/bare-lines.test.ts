import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareLines, journalOf } from '../../../shared/transcript/bare-lines';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import { ceremonyPlans, fileOf, journalOf as planned } from './archive';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof TranscriptError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('bare lines', () => {
  test('give back every journal of a ceremony byte for byte, without numbers and hashes of lines', async () => {
    for (const plan of await ceremonyPlans()) {
      const file = fileOf(planned(plan));
      const bare = bareLines(file);
      expect(bare).not.toMatch(/"prev"|"n":/);
      expect(Buffer.from(journalOf(bare)).equals(Buffer.from(file))).toBe(true);
    }
  });

  test('are refused where a line is none, and never give anything but a journal', () => {
    expect(codeOf(() => bareLines(new Uint8Array()))).toBe('empty');
    for (const bare of ['x\n', '{}\n', '\n', '{"event":"token-shown","data":{}}\n'])
      expect(codeOf(() => journalOf(bare))).toBe('bad-line');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['accepted', 'bad-line']).toContain(codeOf(() => journalOf(text)));
      }),
    );
  });
});
