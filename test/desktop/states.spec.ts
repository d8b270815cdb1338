import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from './launch';
import { Looks } from './looks';
import { atOtpStart } from './otp-start';
import { Person } from './person';

// What a ceremony that goes well doesn't come to: errors, dialogs, what lies over a window, the lock.

/** Opens everything that is folded. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('.more-button[aria-expanded=false]');
  while ((await folded.count()) > 0) await folded.first().click();
}

test('every state of the air-gapped app besides a ceremony is accessible, and has what can be done in sight', async ({
  start,
}) => {
  test.setTimeout(8 * 60_000);
  const looks = new Looks();
  const running = await start({ program: 'offline' });
  const olga = new Person('Olga', running.page);
  const look = async (state: string): Promise<void> => looks.at(running, running.page, state);
  await look('first start');
  await olga.press('Make my identity');
  await expect(running.page.locator('.problem, [aria-invalid=true]').first()).toBeVisible();
  await look('first start, refused');

  olga.page = await atOtpStart(running.page);
  const { page } = olga;
  await unfold(page);
  await look('one-time password, unfolded');
  const hold = page.getByRole('button', { name: /^Hold to read/ }).first();
  await hold.scrollIntoViewIfNeeded();
  await hold.focus();
  await page.keyboard.down(' ');
  await expect(page.locator('.secret-text').first()).not.toBeEmpty();
  // A screen reader would say it to the room.
  expect(
    await page.locator(':is([aria-live], [role=status], [role=alert], [role=log]) .secret-text').count(),
  ).toBe(0);
  await looks.themes(running, page, 'a secret, held');
  await page.keyboard.up(' ');

  await olga.press('Not reading?');
  await look('not reading');
  await page.locator('h1').click();
  await page.keyboard.press('f');
  await expect(page.locator('.code-full')).toBeVisible();
  await looks.themes(running, page, 'full screen');
  await page.keyboard.press('Escape');
  await expect(page.locator('.code-full')).toBeHidden();
  for (const name of ['Help', 'Record an exception']) {
    await olga.press(name);
    await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeVisible();
    if (name === 'Help') await unfold(page);
    await look(name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeHidden();
  }
  await page
    .getByRole('button', { name: /^Large type/ })
    .first()
    .click();
  await look('large type');
  await page.keyboard.press('Escape');

  // A secret was on the screen: the window is another one from here on.
  await olga.pressAndFollow('Home');
  const { page: later } = olga;
  await look('home');
  await later.getByRole('textbox', { name: 'Text of the code' }).fill('no code at all');
  await olga.press('Take it in');
  await expect(later.locator('.problem[role=alert]')).toBeVisible();
  await look('what came in is refused');
  await later.locator('h1').click();
  await later.keyboard.press('c');
  await expect(later.locator('.scan, .problem').first()).toBeVisible();
  await look('camera');
  await later.keyboard.press('Escape');
  await olga.press('New rehearsal');
  await expect(later.locator('.bar')).toContainText('Rehearsal');
  await unfold(later);
  await look('a rehearsal is planned');

  const fresh = later
    .context()
    .waitForEvent('page', { timeout: 5_000 })
    .catch(() => later);
  await olga.press('Lock');
  olga.page = await fresh;
  await expect(olga.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expect(olga.page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
  await look('locked');
  await olga.type('Passphrase', 'not the one');
  await olga.press('Unlock');
  await expect(running.page.locator('.problem[role=alert]')).toBeVisible();
  await look('not unlocked');
  expect(looks.wrong).toEqual([]);
  expect(looks.seen.size).toBeGreaterThan(12);
});

test('every state of a share that is kept on paper is accessible, and has what can be done in sight', async ({
  start,
}) => {
  test.setTimeout(8 * 60_000);
  const looks = new Looks();
  const running = await start({ program: 'offline' });
  const ada = new Person('Ada', running.page);
  const look = async (state: string): Promise<void> => looks.at(running, ada.page, state);
  await ada.firstStart('Custodian');
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  await unfold(ada.page);
  await look('as a text');
  await ada.tick('radio', 'A share card');
  await unfold(ada.page);
  await look('from a card');
  await ada.tick('radio', /Encrypted to my PGP key/);
  await unfold(ada.page);
  await look('encrypted');
  await ada.tick('radio', 'Hex or base64');
  await ada.type('Your share', 'no share');
  await ada.press('Check the share');
  await expect(ada.page.locator('.problem[role=alert]')).toBeVisible();
  await look('refused');
  await ada.type('Your share', `${randomBytes(32).toString('hex')}2a`);
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
  await look('held');
  await ada.press('Save as PDF');
  await look('shall it be saved in clear?');
  await ada.press(/^Don/);
  const hold = ada.page.getByRole('button', { name: /Hold to read: The groups/ });
  await hold.scrollIntoViewIfNeeded();
  await hold.focus();
  await ada.page.keyboard.down(' ');
  await expect(ada.page.getByTestId('card')).not.toBeEmpty();
  await looks.themes(running, ada.page, 'the groups, held');
  await ada.page.keyboard.up(' ');
  await ada.pressAndFollow('Put it away');
  await ada.sees(/Meet the others/);
  await look('a share is known');
  expect(looks.wrong).toEqual([]);
  expect(looks.seen.size).toBe(7);
});

test('every state of the online station besides a ceremony is accessible, and has what can be done in sight', async ({
  start,
}) => {
  test.setTimeout(8 * 60_000);
  const looks = new Looks();
  const running = await start({ program: 'online' });
  const otto = new Person('Otto', running.page);
  const look = async (state: string): Promise<void> => looks.at(running, running.page, state);
  await look('first start');
  await otto.firstStart('Operator');
  await look('people');
  await otto.press('Later: go to the server');
  await otto.sees('Which server?');
  await unfold(running.page);
  await look('server, unfolded');
  for (const [address, what] of [
    ['', 'no address'],
    ['vault.example', 'no address that can be one'],
    ['http://127.0.0.1:9', 'nobody there'],
  ] as const) {
    await otto.type('Address', address);
    await otto.press('Ask the server');
    await expect(running.page.locator('.problem').first()).toBeVisible();
    const said = await running.page.locator('.problem').allTextContents();
    expect(said.join(' ')).not.toMatch(/airlock online|(^|\s)--[a-z]|VAULT_TOKEN/);
    await look(what);
    otto.page = running.page;
  }
  await otto.press('Start a rehearsal');
  await otto.sees('Introduce this station');
  await look('a rehearsal');
  await otto.press('Show share 2 as a code');
  await look('a share of the rehearsal');
  await otto.press('Close');
  await otto.press('Help');
  await look('help');
  await otto.press('Close');
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  await look('introduced');
  await otto.paste('no code at all');
  await expect(running.page.locator('.problem[role=alert]')).toBeVisible();
  await look('what came in is refused');
  expect(looks.wrong).toEqual([]);
  expect(looks.seen.size).toBeGreaterThan(9);
});
