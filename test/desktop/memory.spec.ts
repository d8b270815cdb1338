import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { fromHex } from '../../shared/bytes';
import { parseShare } from '../../shared/share/share';
import { cardGroups } from '../../shared/share/share-card';
import { expect, type Running, test } from './launch';
import type * as MemoryStage from './memory-stage';
import { Person } from './person';
import { countInProcesses, type Sought, soughtBytes, soughtText } from './process-memory';

// Secrets are typed in the page itself, and no trace is recorded: what Playwright's own wire carries would
// stay in the main process.
test.use({ trace: 'off', screenshot: 'off' });
test.skip(process.platform !== 'linux', 'only Linux lets one process read another');

let folder = '';
let theatre: typeof MemoryStage;
let stage: MemoryStage.Stage;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-memory-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'memory-stage.ts'),
      outDir: join(folder, 'built'),
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'stage.cjs' } },
    },
  });
  theatre = createRequire(import.meta.url)(join(folder, 'built', 'stage.cjs')) as typeof MemoryStage;
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.beforeEach(async () => {
  stage = await theatre.newStage(mkdtempSync(join(folder, 'stage-')));
});

test.afterEach(() => stage.server.close());

/** A secret typed into the field that has this label, without leaving the page's own process. */
async function type(person: Person, label: string, secret: string): Promise<void> {
  const mask = randomBytes(secret.length);
  const masked = Buffer.from(secret).map((byte, index) => byte ^ (mask[index] ?? 0));
  const field = person.page.getByRole('textbox', { name: label, exact: true });
  await field.focus();
  await field.evaluate(
    (element, [masked, mask]) => {
      const text = String.fromCharCode(...masked.map((byte, index) => byte ^ (mask[index] ?? 0)));
      document.execCommand('insertText', false, text);
      if (element instanceof HTMLInputElement && element.value !== text) throw new Error('not typed');
    },
    [[...masked], [...mask]] as const,
  );
}

/** What lies in the app's memory five seconds later. */
async function found({ app }: Running, ...sought: Sought[]): Promise<Record<string, number>> {
  await sleep(5_000);
  return countInProcesses(app.process().pid ?? 0, sought);
}

async function unlocked(running: Running, name: string, passphrase: string): Promise<Person> {
  const person = new Person(name, running.page);
  await type(person, 'Passphrase', passphrase);
  await person.pressAndFollow('Unlock');
  await expect(person.page.getByRole('button', { name: 'Lock' })).toBeVisible();
  return person;
}

test('a share and a passphrase are nowhere in the app five seconds after they have served', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const before = await theatre.beforeShare(stage);
  const hex = stage.server.shares[0] ?? '';
  const privateKey = soughtBytes('private key', before.privateKey);
  const share = soughtBytes('share', fromHex(hex));
  const passphrase = soughtText('passphrase', before.passphrase);

  const running = await start({ home: before.home });
  const person = await unlocked(running, 'Ada', before.passphrase);
  expect.soft(await found(running, passphrase), 'after unlocking').toEqual({});
  await person.paste(before.attempt);
  await person.press('The words match');
  await person.sees('Enter your share');
  await type(person, 'Your share', hex);
  await person.pressAndFollow('Check the share');
  await person.sees('Release your share?');
  // The look at the memory does find what lies there.
  expect.soft(await found(running, share), 'while it is held').toEqual({ 'main: share, raw': 1 });
  await person.press('Release it');
  await person.sees(/Carry this to/);
  expect.soft(await found(running, share, passphrase), 'after the release').toEqual({});
  await person.press('Lock');
  await expect(person.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  expect.soft(await found(running, share, passphrase, privateKey), 'after locking').toEqual({});
});

test('a share typed from its card is nowhere in the app five seconds after it was released, nor are its groups', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const before = await theatre.beforeShare(stage);
  const hex = stage.server.shares[0] ?? '';
  const groups = cardGroups(parseShare(hex));
  const sought = [
    soughtBytes('share', fromHex(hex)),
    soughtText('groups', groups.slice(0, 3).join(' ')),
    soughtText('groups in one', groups.slice(0, 3).join('')),
  ];

  const running = await start({ home: before.home });
  const person = await unlocked(running, 'Ada', before.passphrase);
  await person.paste(before.attempt);
  await person.press('The words match');
  await person.tick('radio', /share card/);
  await type(person, 'Groups of the card', groups.join(' '));
  await person.pressAndFollow('Check the share');
  await person.sees('Release your share?');
  await person.press('Release it');
  await person.sees(/Carry this to/);
  expect.soft(await found(running, ...sought), 'after the release').toEqual({});
});

test('a share that came encrypted to a key is nowhere in the app five seconds after it was released, nor is the key’s passphrase', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const before = await theatre.beforeShare(stage);
  const hex = stage.server.shares[0] ?? '';
  const encrypted = await theatre.encryptedShare(hex);
  const sought = [soughtBytes('share', fromHex(hex)), soughtText('passphrase', encrypted.passphrase)];

  const running = await start({ home: before.home });
  const person = await unlocked(running, 'Ada', before.passphrase);
  await person.paste(before.attempt);
  await person.press('The words match');
  await person.tick('radio', /Encrypted to my PGP key/);
  await type(person, 'Encrypted share', encrypted.text);
  await type(person, 'Your PGP private key', encrypted.privateKey);
  await type(person, 'Passphrase of this key', encrypted.passphrase);
  await person.pressAndFollow('Check the share');
  await person.sees('Release your share?');
  await person.press('Release it');
  await person.sees(/Carry this to/);
  expect.soft(await found(running, ...sought), 'after the release').toEqual({});
});

for (const method of ['pgp', 'otp'] as const) {
  test(`a token and what opened it (${method}) are nowhere in the app five seconds after they have served`, async ({
    start,
  }) => {
    test.setTimeout(180_000);
    const before = await theatre.beforeToken(stage, method);
    const opener =
      method === 'otp'
        ? soughtText('OTP', Buffer.from(before.opener).toString())
        : soughtBytes('key', before.opener);
    const passphrase = soughtText('passphrase', before.passphrase);

    const running = await start({ home: before.home });
    const person = await unlocked(running, 'Olga', before.passphrase);
    await person.press(/Rehearsal/);
    await person.sees('Decode the result');
    await type(person, 'Your passphrase', before.passphrase);
    await person.pressAndFollow(/^Decode/);
    await person.sees('A root token exists');
    expect.soft(await found(running, passphrase, opener), 'after decoding').toEqual({});
    await person.page.keyboard.down('r');
    // No locator: Playwright's wire carries a picture of each element that one finds, with its text.
    const shown = () =>
      person.page.evaluate(() => {
        const text = document.querySelector('[data-testid=token]')?.textContent ?? '';
        return [...text].map((character) => character.charCodeAt(0) ^ 0x5a);
      });
    await expect.poll(async () => (await shown()).length).toBeGreaterThan(0);
    const token = await shown();
    await person.page.keyboard.up('r');
    const sought = soughtText('token', String.fromCharCode(...token.map((code) => code ^ 0x5a)));
    const pid = running.app.process().pid ?? 0;
    expect(countInProcesses(pid, [sought])).toHaveProperty(['main: token, raw']);
    await person.pressAndFollow('It is revoked');
    await person.sees(/^Destroy the/);
    expect.soft(await found(running, sought, passphrase, opener), 'after the revocation').toEqual({});
    await person.press(/^Destroy the/);
    await person.press('Destroy it now');
    await person.sees('Sign off');
    expect.soft(await found(running, sought, passphrase, opener), 'after the destruction').toEqual({});
  });
}
