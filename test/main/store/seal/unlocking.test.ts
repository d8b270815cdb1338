import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OfflineStation } from '../../../../main/offline/offline-station';
import { loadAttempt } from '../../../../main/online/attempt/state';
import { type Home, openHome } from '../../../../main/store/home';
import { lockIdentity, unlockIdentity } from '../../../../main/store/identity';
import { listPeople } from '../../../../main/store/people';
import { parseJournal } from '../../../../shared/transcript/journal-line';

// Homes that version 0.1.0 left in the middle of a ceremony: its attempt was open, the first custodian's
// share was given, the second custodian had taken the attempt in and not answered yet.
const HOMES = join(import.meta.dirname, '../../../vectors/homes-0.1.0');
const PASSPHRASE = 'kept by version 0.1.0';
const CEREMONY = '89f2225ea74e440e18c7744921cf2c04';

const folder = mkdtempSync(join(tmpdir(), 'airlock-homes-before-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function oldHome(name: string): Home {
  const dir = mkdtempSync(join(folder, `${name}-`));
  cpSync(join(HOMES, name), dir, { recursive: true });
  return openHome(dir);
}

const eventsIn = (home: Home): string[] =>
  parseJournal(readFileSync(home.journal())).map(({ line }) => line.event);

async function laptopOf(name: string): Promise<OfflineStation> {
  const station = new OfflineStation({
    home: oldHome(name),
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    version: '0',
    program: 'test',
  });
  await station.person.unlock(PASSPHRASE);
  return station;
}

test('a custodian’s home of version 0.1.0 opens: people, shares on record, the ceremony, its sign-off', async () => {
  const laptop = await laptopOf('custodian-1');
  expect(laptop.custody.view().records.map(({ cluster }) => cluster)).toContain('the big one');
  await laptop.openCeremony(CEREMONY);
  expect(laptop.custodian().state).toMatchObject({ step: 'released', title: 'Rotation' });
  await laptop.transcript.signOff();
  expect(laptop.transcript.checkpoint).not.toBeNull();
  laptop.lock();
});

test('an attempt that version 0.1.0 took in is refused before a share is entered: its plan names no station', async () => {
  const laptop = await laptopOf('custodian-2');
  await laptop.openCeremony(CEREMONY);
  expect(laptop.custodian().state.step).toBe('check');
  laptop.custodian().check(true, '');
  const text = '01'.repeat(33);
  await expect(laptop.custodian().enterShare({ kind: 'text', text })).rejects.toMatchObject({
    code: 'no-station',
    message: expect.stringContaining('plan the ceremony anew'),
  });
  expect(laptop.custodian().holdsShare).toBe(false);
  laptop.lock();
});

test('an officer’s home of version 0.1.0 opens: people, the plan, its key, and the end of it', async () => {
  const laptop = await laptopOf('officer');
  await laptop.openCeremony(CEREMONY);
  expect(laptop.officer().state).toMatchObject({ step: 'result', draft: { title: 'Rotation' } });
  await expect(laptop.transcript.signOff()).rejects.toMatchObject({ code: 'secret-not-destroyed' });
  laptop.officer().destroySecret();
  await laptop.transcript.signOff();
  expect(laptop.transcript.checkpoint).not.toBeNull();
  laptop.lock();
});

test('an operator’s and a witness’s home of version 0.1.0 open, with the attempt that is under way', async () => {
  for (const name of ['station-a', 'witness']) {
    const home = oldHome(name);
    const identity = await unlockIdentity(home, PASSPHRASE);
    expect(eventsIn(home)).toContain('home-sealed');
    if (name === 'station-a') {
      expect(listPeople(home).map((person) => person.name)).toContain('Custodian 1');
      expect(loadAttempt(home, CEREMONY)).toMatchObject({ step: 'open', submitted: [expect.anything()] });
    }
    lockIdentity(identity);
    // Once more, with seals.
    lockIdentity(await unlockIdentity(home, PASSPHRASE));
  }
});
