import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './launch';
import { Looks } from './looks';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-backup-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a custodian reads what a lost passphrase means, backs up the home from the window, and puts it back at the first start of another laptop', async ({
  start,
}) => {
  const running = await start();
  const ada = new Person('Ada', running.page);
  const filePath = join(folder, 'ada.backup');
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, filePath);
  await ada.press(/If a passphrase or a machine is lost/);
  await expect(ada.page.getByText('A lost passphrase can’t be got back')).toBeVisible();
  // The tests' Electron is none that its makers mend still, unless it is the declared one.
  const electron = await running.app.evaluate(() => process.versions.electron);
  const notice = () => ada.page.getByText(`This Airlock is built on Electron ${electron}`);
  if (Number.parseInt(electron, 10) < 43) await expect(notice()).toBeVisible();
  await ada.firstStart('Custodian');
  await expect(notice()).toBeHidden();

  const words = await ada.ownWords();
  await ada.press('Back up this home…');
  await ada.type('Your passphrase', 'another passphrase');
  await ada.press('Back up to a file…');
  await ada.isTold(/does not open/);
  expect(existsSync(filePath)).toBe(false);
  await ada.type('Your passphrase', passphrase);
  await ada.pressAndFollow('Back up to a file…');
  await expect(ada.page.getByText(`Backed up as ${filePath}`)).toBeVisible();
  await ada.press('Help');
  await ada.press(/If a passphrase or a machine is lost/);
  await expect(ada.page.getByText('airlock home restore FILE FOLDER')).toBeVisible();
  await running.close();

  // Another laptop, on which nobody was yet. What is asked for in a dialog, a test answers.
  const other = await start();
  const choose = (path: string) =>
    other.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
  const again = new Person('Ada', other.page);
  const looks = new Looks();
  await looks.at(other, other.page, 'first start');
  await again.press('Put back a home…');
  const putBack = (text: string) =>
    again.type('Passphrase of the backup', text).then(() => again.press('Put back from a file…'));
  const noBackup = join(folder, 'no-backup.txt');
  writeFileSync(noBackup, 'this is no backup');
  const broken = join(folder, 'broken.backup');
  writeFileSync(broken, readFileSync(filePath).subarray(0, -40));
  for (const [path, text, sentence] of [
    [noBackup, passphrase, /no backup of an Airlock home/],
    [broken, passphrase, /cut off/],
    [filePath, 'another passphrase', /passphrase doesn’t open this backup/],
  ] as const) {
    await choose(path);
    await putBack(text);
    await again.isTold(sentence);
    expect(existsSync(join(other.home, 'identity.json'))).toBe(false);
    expect(readdirSync(other.home).filter((name) => name.startsWith('restor'))).toEqual([]);
  }
  await looks.at(other, other.page, 'put back');
  await choose(filePath);
  await again.follow(() => putBack(passphrase));
  await expect(again.page.getByTestId('code-out')).toBeVisible();
  await expect(
    again.page.getByText(/^Put back from the backup of 20\d\d-\d\d-\d\d \d\d:\d\d UTC/),
  ).toBeVisible();
  await looks.at(other, again.page, 'home put back');
  expect(looks.wrong).toEqual([]);
  expect(readFileSync(join(other.home, 'journal.jsonl'), 'utf8')).toContain('"event":"home-restored"');
  expect(await again.ownWords()).toBe(words);
});
