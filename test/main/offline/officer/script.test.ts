import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '@scure/base';
import { describe, expect } from 'vitest';
import type { OfflineStation } from '../../../../main/offline/offline-station';
import type { Script } from '../../../../shared/script/script';
import { scriptFile } from '../../../../shared/script/script-file';
import { scriptHash } from '../../../../shared/script/script-hash';
import { standardScript } from '../../../../shared/script/standard-script';
import type { EventData } from '../../../../shared/transcript/event';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { passphrase, stationOn, surroundings, test } from '../fixtures';

const own: Script = { ...standardScript, title: 'Ours', version: '7' };
const standard = scriptHash(standardScript);

const step = (section: number, number: number, more: Partial<EventData<'script-step'>> = {}) => ({
  section,
  step: number,
  result: 'as-expected' as const,
  checks: [],
  actual: '',
  by: 'Olga',
  deviation: '',
  decidedBy: '',
  ...more,
});
const scriptOf = (station: OfflineStation) => {
  const { ceremony } = station.state(surroundings);
  if (ceremony?.role !== 'officer') throw new Error('no officer’s ceremony is open');
  return ceremony.script;
};
const stepOf = (station: OfflineStation, number: string) =>
  scriptOf(station)
    ?.sections.flatMap(({ steps }) => steps)
    .find((each) => each.number === number);

describe('the scripts of a home', () => {
  test('are the standard one and those that were taken in, also after the app was closed', async ({
    newLaptop,
  }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    station.scripts.take(utf8.decode(scriptFile(own)));
    station.scripts.take(utf8.decode(scriptFile(own)));
    const { name, text } = station.scripts.file(scriptHash(own));
    expect([name, text]).toEqual(['ours-7.script.json', scriptFile(own)]);
    station.lock();
    const later = stationOn(folder);
    await later.unlock(passphrase);
    expect(later.state(surroundings).scripts.map(({ title, isStandard }) => [title, isStandard])).toEqual([
      [standardScript.title, true],
      ['Ours', false],
    ]);
    later.scripts.remove(scriptHash(own));
    expect(later.state(surroundings).scripts).toHaveLength(1);
    expect(() => later.scripts.remove(standard)).toThrow('stays');
  });

  test('stay as they are where a file is refused', async ({ newLaptop }) => {
    const { station } = await newLaptop('Olga', 'officer');
    const wrong = scriptFile(own).replace('"by": "witness"', '"by": "notary"');
    expect(() => station.scripts.take(utf8.decode(wrong))).toThrow('“notary”');
    expect(station.state(surroundings).scripts).toHaveLength(1);
  });

  test('are under the home’s seals: a changed file is found, a deleted one is done without', async ({
    newLaptop,
  }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    station.scripts.take(utf8.decode(scriptFile(own)));
    station.lock();
    const file = join(folder, 'scripts.json');
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('Ours', 'Evil'));
    await expect(stationOn(folder).unlock(passphrase)).rejects.toMatchObject({ code: 'home-finding' });
    rmSync(file);
    // Told of once; then the home goes on without.
    await expect(stationOn(folder).unlock(passphrase)).rejects.toMatchObject({ code: 'home-finding' });
    const later = stationOn(folder);
    await later.unlock(passphrase);
    expect(later.state(surroundings).scripts).toHaveLength(1);
  });
});

describe('a ceremony’s script', () => {
  test('is recorded as a whole when it is chosen, and can be left while the ceremony is planned', async ({
    newLaptop,
  }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    station.beginCeremony(true);
    const { script, file } = station.officer();
    expect(scriptOf(station)).toBe(null);
    expect(() => script.choose('0'.repeat(64))).toThrow('no such script');
    script.choose(standard);
    script.choose(standard);
    expect(scriptOf(station)).toMatchObject({
      title: standardScript.title,
      sha256: standard,
      open: 28,
      deviations: 0,
    });
    const events = parseJournal(readFileSync(file.paths.journal)).map(({ line }) => line.event);
    expect(events.filter((event) => event === 'script-chosen')).toHaveLength(1);
    expect(events.filter((event) => event === 'script-section')).toHaveLength(standardScript.sections.length);
    script.choose(null);
    expect(scriptOf(station)).toBe(null);
    // Nothing of it has crossed.
    expect(station.state(surroundings).ceremonies[0]?.removable).toBe(true);
    expect(folder).not.toBe('');
  });

  test('takes each step with its checks, and says in a sentence what is missing', async ({ newLaptop }) => {
    const { station } = await newLaptop('Olga', 'officer');
    station.beginCeremony(true);
    const { script } = station.officer();
    expect(() => script.record(step(2, 1))).toThrow('goes by no script');
    script.choose(standard);
    const ticked = (...values: readonly string[]) => values.map((value) => ({ done: true, value }));
    const bag = ticked('SN-1', '', 'log', '');
    const tries: [string, Parameters<typeof script.record>[0]][] = [
      ['no-step', step(9, 1)],
      ['no-step', step(3, 1)],
      ['wrong-person', step(2, 1, { by: ' ' })],
      ['checks-open', step(3, 1, { checks: bag })],
      ['checks-open', step(3, 1, { checks: bag.map(({ value }) => ({ done: false, value })) })],
      ['no-sentence', step(3, 1, { checks: bag, result: 'deviation', decidedBy: 'Wim' })],
      ['no-sentence', step(3, 1, { checks: bag, result: 'deviation', deviation: 'torn' })],
      ['not-done-yet', step(5, 2, { checks: ticked('') })],
    ];
    for (const [code, given] of tries)
      expect(() => script.record(given)).toThrow(expect.objectContaining({ code }));
    expect(scriptOf(station)).toMatchObject({ open: 28 });
    script.record(step(3, 1, { checks: ticked('SN-1', ' BAG-2 ', 'log', ''), by: 'Sam' }));
    expect(stepOf(station, '3.1')).toMatchObject({
      state: 'as-expected',
      end: { by: 'Sam' },
      record: { checks: [{ value: 'SN-1' }, { value: 'BAG-2' }, { value: 'log' }, { value: '' }] },
    });
    script.record(step(3, 2, { checks: bag, result: 'deviation', deviation: 'torn', decidedBy: 'Wim' }));
    expect(scriptOf(station)).toMatchObject({ open: 26, deviations: 1 });
    expect(station.state(surroundings).ceremony?.events.at(-1)).toMatchObject({ alarm: true });
  });

  test('knows who is there besides, and when there is a break', async ({ newLaptop }) => {
    const { station } = await newLaptop('Olga', 'officer');
    station.beginCeremony(true);
    const { script } = station.officer();
    script.choose(standard);
    const sam = { role: 'safe controller', name: 'Sam', organisation: 'Bank' };
    script.person(sam);
    expect(() => script.person({ ...sam, role: 'king' })).toThrow('one of the script’s roles');
    expect(() => script.person({ ...sam, name: ' ' })).toThrow('name');
    expect(scriptOf(station)?.roles.find(({ name }) => name === 'safe controller')?.people).toEqual(['Sam']);
    expect(() => script.rest({ what: 'ends', stayed: '' })).toThrow('No break');
    script.rest({ what: 'begins', stayed: 'Sam' });
    expect(() => script.rest({ what: 'begins', stayed: 'Sam' })).toThrow('already');
    expect(scriptOf(station)?.rest).toMatchObject({ stayed: 'Sam' });
    script.rest({ what: 'ends', stayed: '' });
    script.person({ ...sam, left: true });
    expect(scriptOf(station)).toMatchObject({ rest: null, extra: [] });
  });

  test('is fixed with the plan, fills itself in from then on, and is there again after a restart', async ({
    plannedByHand,
  }) => {
    const { station, folder, id } = await plannedByHand('pgp');
    expect(() => station.officer().script.choose(standard)).toThrow(
      expect.objectContaining({ code: 'script-agreed' }),
    );
    station.officer().reopenPlan();
    station.officer().script.choose(standard);
    station.officer().plan.agree(station.officer().state.draft);
    await station.officer().key.makeKey('curve25519');
    station.lock();
    const later = stationOn(folder);
    await later.unlock(passphrase);
    await later.openCeremony(id);
    expect(stepOf(later, '1.1')).toMatchObject({ state: 'as-expected', isOwn: true, end: { by: 'Olga' } });
    expect(stepOf(later, '5.1')).toMatchObject({
      state: 'open',
      done: expect.stringContaining('curve25519'),
    });
    const checks = [{ done: true, value: '' }];
    later.officer().script.record(step(5, 1, { checks }));
    expect(stepOf(later, '5.1')).toMatchObject({
      state: 'as-expected',
      end: { actual: expect.stringContaining('curve25519') },
    });
  });
});
