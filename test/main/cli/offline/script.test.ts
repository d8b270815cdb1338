import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { openHome } from '../../../../main/store/home';
import { carriedOut, countOf } from '../../../../shared/script/carried-out';
import type { Script } from '../../../../shared/script/script';
import { scriptFile } from '../../../../shared/script/script-file';
import { scriptHash, scriptWords } from '../../../../shared/script/script-hash';
import { standardScript } from '../../../../shared/script/standard-script';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

const standard = scriptHash(standardScript);
const planned = z.object({ ceremony: z.string(), script: z.object({ words: z.string() }).nullable() });
const proposed = z.object({
  ceremony: z.string(),
  plan: z.object({ purpose: z.string(), method: z.string() }),
});
const going = z.object({
  script: z.object({ open: z.number(), deviations: z.number() }).nullable(),
});

describe('a ceremony that goes by a script, on a terminal', () => {
  test('has the script in its plan, and each step on record as the officer says', async ({
    home,
    signing,
    create,
  }) => {
    await create('Olga', 'officer');
    const offline = (...args: readonly string[]) => airlock(['offline', ...args, ...signing]);
    const plan = await offline('plan', '--title', 'Re-enable OIDC', '--script', 'standard', '--json');
    const { ceremony, script } = plan.as(planned);
    expect(script?.words).toBe(scriptWords(standard));
    const lines = () =>
      parseJournal(readFileSync(openHome(home).ceremony(ceremony).journal)).map(({ line }) => line);
    const script31 = ['script', '--step', '3.1'];

    const open = await offline(...script31, '--by', 'Sam', '--tick', '4');
    expect([open.code, open.err]).toEqual([1, expect.stringContaining('serial number')]);
    const value = ['--value', '1=SN-1', '2=BAG=2', '3=log'];
    const done = await offline(...script31, '--by', 'Sam', ...value, '--tick', '4');
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('1 of 28 steps')]);
    const slow = ['script', '--step', '2.2', '--by', 'Wim', '--deviation', 'Clock slow', '--json'];
    const deviated = await offline(...slow);
    expect([deviated.code, deviated.out]).toEqual([1, expect.stringContaining('who decided')]);
    const second = await offline(...slow, '--decided-by', 'Wim');
    expect(second.as(going).script).toMatchObject({ open: 26, deviations: 1 });
    const person = ['--person', 'Sam', '--role', 'safe controller', '--organisation', 'Bank'];
    expect((await offline('script', ...person)).out).toContain('Sam, safe controller');
    expect((await offline('script', '--break', 'begins', '--stayed', 'Sam')).out).toContain('Break');

    const [told] = carriedOut(lines());
    expect(told && [told.sha256, told.isWhole, countOf(told)]).toEqual([
      standard,
      true,
      { steps: 28, open: 26, deviations: 1 },
    ]);
    expect(told?.sections[2]?.steps[0]?.record).toMatchObject({
      by: 'Sam',
      checks: [{ value: 'SN-1' }, { value: 'BAG=2' }, { value: 'log' }, { done: true, value: '' }],
    });
    expect(told?.people).toMatchObject([{ name: 'Sam', role: 'safe controller', organisation: 'Bank' }]);
    expect(told?.breaks).toMatchObject([{ stayed: 'Sam', to: null }]);

    expect((await offline('plan', '--script', 'none', '--json')).as(planned).script).toBe(null);
    expect((await offline('script', '--json')).as(going).script).toBe(null);
  }, 60_000);

  test('proposes the purpose and the method, and what was typed stays', async ({ at, signing, create }) => {
    await create('Olga', 'officer');
    const ours: Script = { ...standardScript, title: 'Ours', proposes: { purpose: 'Yearly', method: 'otp' } };
    writeFileSync(at('ours.json'), scriptFile(ours));
    const run = (...args: readonly string[]) => airlock([...args, ...signing]);
    await run('script', 'add', at('ours.json'));
    const [plan, json] = [['offline', 'plan', '--script', 'Ours'], '--json'];
    expect((await run(...plan, json)).as(proposed).plan).toEqual({ purpose: 'Yearly', method: 'otp' });
    const typed = await run(...plan, '--new', '--purpose', 'Broken', '--method', 'pgp', json);
    const { ceremony, plan: own } = typed.as(proposed);
    expect(own).toEqual({ purpose: 'Broken', method: 'pgp' });
    const shown = await run('offline', 'plan', '--ceremony', ceremony);
    expect(shown.out).toMatch(/Proposes +why: Yearly\n +method: one-time password/);
  }, 60_000);

  test('refuses in one sentence what would be lost or belongs to no step', async ({ signing, create }) => {
    await create('Olga', 'officer');
    const offline = (...args: readonly string[]) => airlock(['offline', ...args, ...signing]);
    await offline('plan', '--script', 'standard');
    const tries: readonly (readonly [string, ...(readonly string[])])[] = [
      ['which step', '--tick', '1'],
      ['section and step', '--step', 'two'],
      ['no such step', '--step', '9.9'],
      ['no checks', '--step', '9.9', '--tick', '1'],
      ['number of a check', '--step', '3.1', '--value', 'SN-1'],
      ['no value', '--step', '3.1', '--value', '4=whole'],
      ['what deviated', '--step', '3.1', '--decided-by', 'Wim'],
      ['as what', '--person', 'Sam'],
      ['No break', '--break', 'ends'],
    ];
    for (const [sentence, ...args] of tries) {
      const { code, err } = await offline('script', ...args);
      expect([sentence, code === 1 || code === 2, err]).toEqual([
        sentence,
        true,
        expect.stringContaining(sentence),
      ]);
    }
  }, 60_000);
});
