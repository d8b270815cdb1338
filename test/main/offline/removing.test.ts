import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { identityText, introduce, passphrase, refusal, stationOn, surroundings, test } from './fixtures';

/** As somebody does who reaches the disk and wants it to look as if nothing had happened. */
function cutAfterFirstLine(path: string): void {
  const journal = readFileSync(path);
  writeFileSync(path, journal.subarray(0, journal.indexOf('\n') + 1));
}

const listed = (station: ReturnType<typeof stationOn>) => station.state(surroundings).ceremonies;

describe('a ceremony that was begun by mistake', () => {
  test('is removed without a left-over, and the laptop’s own journal says so', async ({ newLaptop }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    station.beginCeremony(true);
    const [begun] = listed(station);
    expect(begun).toMatchObject({ title: '', removable: true });
    station.removeCeremony(begun?.id ?? '');
    expect(listed(station)).toEqual([]);
    expect(station.state(surroundings).ceremony).toBeNull();
    expect(readdirSync(join(folder, 'ceremonies'))).toEqual([]);
    expect(station.person.journal().entries().at(-1)).toMatchObject({
      event: 'exception',
      data: { text: expect.stringContaining(begun?.words ?? 'its words') },
    });
    // The home's seals miss nothing.
    station.lock();
    const later = stationOn(folder);
    await later.unlock(passphrase);
    expect(listed(later)).toEqual([]);
  });

  test('stays once anything of it is on record', async ({ plannedByHand }) => {
    const { station, id } = await plannedByHand('pgp');
    expect(listed(station)).toMatchObject([{ id, removable: false }]);
    expect((await refusal(() => station.removeCeremony(id))).code).toBe('already-in-use');
    await station.officer().key.makeKey('curve25519');
    station.officer().reopenPlan();
    expect(listed(station)).toMatchObject([{ id, removable: false }]);
  });

  test('stays also where a thief at the disk has cut off what is on record', async ({ plannedByHand }) => {
    const { station, folder, id } = await plannedByHand('pgp');
    station.leave();
    cutAfterFirstLine(join(folder, 'ceremonies', id, 'journal.jsonl'));
    expect(listed(station)).toMatchObject([{ id, removable: false }]);
    expect((await refusal(() => station.removeCeremony(id))).code).toBe('already-in-use');
  });
});

describe('a wrong name or role at the first start', () => {
  test('is taken back, and nothing of it is left', async ({ newLaptop }) => {
    const { station, folder } = await newLaptop('Olag', 'custodian');
    expect(station.state(surroundings).identity).toMatchObject({ mayStartOver: true });
    station.person.startOver();
    expect(station.state(surroundings).identity).toBeNull();
    for (const name of ['identity.json', 'seals.json', 'journal.jsonl'])
      expect(existsSync(join(folder, name))).toBe(false);
    await station.person.create({ name: 'Olga', role: 'officer', station: '', passphrase });
    expect(station.state(surroundings).identity).toMatchObject({ name: 'Olga', role: 'officer' });
    station.lock();
    await stationOn(folder).unlock(passphrase);
  });

  test('can still be taken back after a code was refused, and no more once somebody is known', async ({
    newStation,
  }) => {
    const station = await newStation('Olga', 'officer');
    await refusal(station.receiveText('https://example.com', 'paste'));
    expect(station.state(surroundings).identity).toMatchObject({ mayStartOver: true });
    const other = await newStation('Ada', 'custodian');
    expect(identityText(other)).not.toBe('');
    await introduce(other, station);
    expect(station.state(surroundings).identity).toMatchObject({ mayStartOver: false });
    expect((await refusal(() => station.person.startOver())).code).toBe('already-in-use');
    expect(station.identity().name).toBe('Olga');
  });

  test('stays also where a thief at the disk has cut off that somebody was known', async ({
    newLaptop,
    newStation,
  }) => {
    const { station, folder } = await newLaptop('Olga', 'officer');
    await introduce(await newStation('Ada', 'custodian'), station);
    const [ada] = station.state(surroundings).people;
    station.person.remove(ada?.fingerprint ?? '');
    cutAfterFirstLine(join(folder, 'journal.jsonl'));
    expect(station.state(surroundings).identity).toMatchObject({ mayStartOver: false });
    expect((await refusal(() => station.person.startOver())).code).toBe('already-in-use');
  });
});
