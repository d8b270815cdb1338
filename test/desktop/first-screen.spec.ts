import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { openHome } from '../../main/store/home';
import { createIdentity } from '../../main/store/identity';
import { expect, makeHome, test } from './launch';
import { passphrase } from './person';

const home = makeHome();
test.afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Chromium says so of what the app tries, to prove that it can't. */
const PROVED = "Refused to connect to 'http://127.0.0.1:1/'";

const drawnIn = (page: Page, file: string): Promise<string> =>
  page.evaluate(async (name) => (await fetch(name)).text(), file);

test('the page comes with its first screen in it, and its script takes over what stands there', async ({
  start,
}) => {
  const name = `Zoë "O'Neill" & Söhne`;
  const role = test.info().project.name === 'online station' ? 'operator' : 'custodian';
  const nobody = await start();
  expect(await drawnIn(nobody.page, 'first-start.html')).toContain('Who works at this station?');
  await expect(nobody.page.getByRole('textbox', { name: 'Your name' })).toBeEditable();
  await createIdentity(openHome(home), { name, role, passphrase, now: new Date() });
  const { page } = await start({ home });
  await expect(page.getByRole('heading', { name: `Welcome back, ${name}` })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
  // React says so where what it would draw is not what stands there, and draws it anew.
  for (const each of [nobody.page, page]) {
    expect(await each.pageErrors()).toEqual([]);
    const said = (await each.consoleMessages()).map((message) => message.text());
    expect(said.filter((text) => !text.includes(PROVED))).toEqual([]);
  }
});
