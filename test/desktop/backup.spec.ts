import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBackup } from '../../main/store/backup/backup';
import { restoreBackup } from '../../main/store/backup/restore';
import { expect, test } from './launch';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-backup-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a custodian reads what a lost passphrase means, backs up the home from the window, and works on in the one put back', async ({
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

  const back = join(folder, 'back');
  await restoreBackup(readBackup(filePath), back, new TextEncoder().encode(passphrase), () => new Date());
  expect(readFileSync(join(back, 'journal.jsonl'), 'utf8')).toContain('"event":"home-restored"');
  const again = new Person('Ada', (await start({ home: back })).page);
  await again.unlock();
  await expect(again.page.getByTestId('code-out')).toBeVisible();
});
