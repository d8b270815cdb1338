import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countAnswers } from '../../../../main/online/attempt/answer-count';
import { AnswerFile, salvageAnswer } from '../../../../main/online/share/answer-file';
import { openHome } from '../../../../main/store/home';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-answers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ceremony = () => openHome(folder).makeCeremony('ce'.repeat(16));
const body = (text: string): Uint8Array => new TextEncoder().encode(JSON.stringify({ text }));

test('no answer is written over by another, however many places are reserved at once', () => {
  const paths = ceremony();
  const files = ['first', 'second', 'third'].map((text) => ({ text, file: AnswerFile.reserve(paths) }));
  for (const { text, file } of files) file.keep(body(text));
  for (const { file } of files) file.close();
  const kept = readdirSync(paths.answers).sort();
  expect(kept).toEqual(['1.raw', '2.raw', '3.raw']);
  expect(kept.map((name) => readFileSync(join(paths.answers, name), 'utf8'))).toEqual(
    ['first', 'second', 'third'].map((text) => JSON.stringify({ text })),
  );
});

test('places that were reserved when the program ended are given back, and hold up nothing', () => {
  const paths = ceremony();
  AnswerFile.reserve(paths);
  AnswerFile.reserve(paths);
  salvageAnswer(paths);
  expect(readdirSync(paths.answers)).toEqual([]);
  const file = AnswerFile.reserve(paths);
  file.keep(body('next'));
  expect(countAnswers(paths)).toBe(1);
});
