import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal } from '../../main/store/journal-lines';
import { keyboard } from './hands';
import { expect, test } from './launch';
import { Looks } from './looks';
import { Person } from './person';

test('the bar opens what keeps Airlock from a network, as it is tried just then', async ({ start }) => {
  // Whatever the environment of whoever starts it names.
  const proxy = 'http://127.0.0.1:3128';
  const running = await start({ env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy } });
  const { page, plug } = running;
  const bar = page.getByRole('button', { name: /Show what was checked$/ });
  await expect(bar).toHaveAccessibleName(/^Offline · checked \d+ s ago \. No network interface/);
  await keyboard.press(page, bar);
  const sheet = page.getByRole('dialog', { name: 'Offline' });
  await expect(sheet.getByText(/As tried at/)).toBeVisible();
  for (const layer of [
    'No code that opens a connection',
    'Chromium’s switches and rules',
    'No network at this laptop',
  ])
    await expect(sheet.getByRole('listitem').filter({ hasText: layer })).toContainText('Holds');
  await expect(sheet.getByText('No proxy is in force')).toBeVisible();
  await expect(sheet.getByText('What this does not prove')).toBeVisible();

  await plug(['wlan0']);
  await keyboard.press(page, sheet.getByRole('button', { name: 'Try again' }));
  const laptop = sheet.getByRole('listitem').filter({ hasText: 'No network at this laptop' });
  await expect(laptop).toContainText('Does not hold');
  await expect(laptop).toContainText('This laptop has a network: wlan0.');
  const looks = new Looks();
  await looks.at(running);
  expect(looks.wrong).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(bar).toBeFocused();
});

test('with a network that comes up while a share is typed, nothing is taken before it is gone or on record', async ({
  start,
}) => {
  const running = await start();
  const ada = new Person('Ada', running.page);
  await ada.firstStart('Custodian');
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  const hex = `${randomBytes(32).toString('hex')}2a`;
  await ada.type('Your share', hex);

  // It comes up, and goes: what was typed is still there.
  await running.plug(['wwan0']);
  const asked = ada.page.getByRole('alertdialog', { name: 'Take this laptop off the network first' });
  await expect(asked).toContainText('wwan0');
  const looks = new Looks();
  await looks.at(running);
  expect(looks.wrong).toEqual([]);
  await running.plug([]);
  await expect(asked).toBeHidden();
  await expect(ada.page.getByRole('textbox', { name: 'Your share' })).toHaveValue(hex);

  // It comes up between two looks: the main process looks once more before it touches the share.
  await running.plug(['wwan0']);
  await ada.press('Check the share');
  await expect(asked).toBeVisible();
  const exceptions = () =>
    readJournal(join(running.home, 'journal.jsonl')).lines.filter(({ event }) => event === 'exception');
  expect(exceptions()).toEqual([]);
  await asked.getByRole('button', { name: 'Go on with the network, on the record' }).click();
  await expect(asked).toBeHidden();
  expect(exceptions()).toMatchObject([
    { data: { kind: 'network-up', text: expect.stringContaining('(wwan0)') } },
  ]);
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
  expect(readFileSync(join(running.home, 'journal.jsonl'), 'utf8')).not.toContain(hex);
});
