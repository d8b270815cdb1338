import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import type { Script } from '../../../../shared/script/script';
import { scriptFile } from '../../../../shared/script/script-file';
import { scriptHash, scriptWords } from '../../../../shared/script/script-hash';
import { standardScript } from '../../../../shared/script/standard-script';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

const own: Script = { ...standardScript, title: 'Ours', version: '7' };
const later: Script = { ...own, version: '8' };
const wordsOf = (script: Script): string => scriptWords(scriptHash(script));

const listed = z.object({
  scripts: z.array(
    z.object({ sha256: z.string(), words: z.string(), title: z.string(), standard: z.boolean() }),
  ),
});
const checked = z.object({
  script: z.object({ words: z.string(), steps: z.number(), sections: z.array(z.unknown()) }),
  compared: z.boolean(),
});

describe('the scripts of a home, on a terminal', () => {
  test('are taken in, listed by their words, shown, written out as they came, and forgotten', async ({
    at,
    home,
    signing,
    create,
  }) => {
    await create('Olga', 'officer');
    const file = at('ours.script.json');
    writeFileSync(file, scriptFile(own));
    const added = await airlock(['script', 'add', file, '--words', wordsOf(own), ...signing]);
    expect([added.code, added.out]).toEqual([0, expect.stringContaining(wordsOf(own))]);
    const list = await airlock(['script', 'list', '--home', home, '--json']);
    expect(list.as(listed).scripts).toEqual([
      expect.objectContaining({ words: wordsOf(standardScript), standard: true }),
      expect.objectContaining({ sha256: scriptHash(own), words: wordsOf(own), standard: false }),
    ]);
    const shown = await airlock(['script', 'show', 'ours', '--home', home]);
    expect(shown.out).toContain(own.sections[2]?.steps[0]?.action);
    expect(shown.out).toContain('[1] Serial number of');
    const out = at('out.json');
    expect((await airlock(['script', 'export', wordsOf(own), '--out', out, '--home', home])).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(scriptFile(own));
    const again = await airlock(['script', 'export', 'standard', '--out', out, '--home', home]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already')]);
    expect(readFileSync(out, 'utf8')).toBe(scriptFile(own));
    const printed = await airlock(['script', 'export', 'standard', '--home', home]);
    expect(printed.out).toBe(scriptFile(standardScript));
    const removed = await airlock(['script', 'remove', scriptHash(own).slice(0, 8), ...signing]);
    expect([removed.code, removed.out]).toEqual([0, expect.stringContaining('Ours, version 7')]);
    const stays = await airlock(['script', 'remove', 'standard', ...signing]);
    expect([stays.code, stays.err]).toEqual([1, expect.stringContaining('stays')]);
    const left = await airlock(['script', 'list', '--home', home, '--json']);
    expect(left.as(listed).scripts).toHaveLength(1);
  }, 30_000);

  test('are named so that one of two is never taken for the other', async ({ at, home, signing, create }) => {
    await create('Olga', 'officer');
    for (const script of [own, later]) {
      writeFileSync(at('script.json'), scriptFile(script));
      expect((await airlock(['script', 'add', at('script.json'), ...signing])).code).toBe(0);
    }
    const both = await airlock(['script', 'show', 'Ours', '--home', home]);
    expect([both.code, both.err]).toEqual([1, expect.stringContaining(wordsOf(later))]);
    const one = await airlock(['script', 'show', 'Ours 8', '--home', home]);
    expect(one.out).toContain(wordsOf(later));
    const none = await airlock(['script', 'show', 'Theirs', '--home', home]);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('airlock script list')]);
  }, 30_000);

  test('can be looked at and compared before there is a home, and nothing else than what was read out is taken', async ({
    at,
    home,
    signing,
    create,
  }) => {
    const file = at('ours.script.json');
    writeFileSync(file, scriptFile(own));
    const seen = await airlock(['script', 'check', file, '--words', wordsOf(own).toUpperCase(), '--json']);
    expect(seen.as(checked)).toMatchObject({
      compared: true,
      script: { words: wordsOf(own), steps: 28, sections: { length: own.sections.length } },
    });
    const other = await airlock(['script', 'check', file, '--words', wordsOf(later)]);
    expect([other.code, other.err]).toEqual([1, expect.stringContaining(`“${wordsOf(own)}”`)]);
    writeFileSync(at('changed.json'), scriptFile(own).replace('"7"', '"9"'));
    const changed = await airlock(['script', 'check', at('changed.json')]);
    expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('was changed')]);
    await create('Olga', 'officer');
    const refused = await airlock(['script', 'add', file, '--words', wordsOf(later), ...signing]);
    expect(refused.code).toBe(1);
    const list = await airlock(['script', 'list', '--home', home, '--json']);
    expect(list.as(listed).scripts).toHaveLength(1);
  }, 30_000);
});
