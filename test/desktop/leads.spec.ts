import AxeBuilder from '@axe-core/playwright';
import { beginRehearsal, call, officerAt } from './bridge';
import { expect, test } from './launch';
import { Person, passphrase } from './person';

test('a first start that lacks something leads to the field, and takes back what it said once it is put right', async ({
  start,
}) => {
  const { page } = await start();
  const make = page.getByRole('button', { name: 'Make my identity' });
  const name = page.getByRole('textbox', { name: 'Your name', exact: true });
  await make.click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/Your name is missing/);
  await name.fill('Olga');
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');

  await make.click();
  await expect(page.getByRole('radio', { name: 'Officer' })).toBeFocused();
  await expect(page.getByText('Pick a role.')).toBeVisible();
  await page.getByRole('radio', { name: 'Officer' }).check();
  await expect(page.getByText('Pick a role.')).toBeHidden();

  const first = page.getByRole('textbox', { name: 'Passphrase', exact: true });
  const again = page.getByRole('textbox', { name: 'Passphrase again', exact: true });
  await first.fill('short');
  await make.click();
  await expect(first).toBeFocused();
  await expect(first).toHaveAttribute('aria-invalid', 'true');
  await expect(first).toHaveAccessibleDescription(/too short/);
  await first.fill(passphrase);
  await expect(first).not.toHaveAttribute('aria-invalid', 'true');
  await again.fill('another passphrase');
  await make.click();
  await expect(again).toBeFocused();
  await expect(again).toHaveAccessibleDescription(/passphrases differ/);
});

test('the lock has the focus in its field', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await officerAt(app, first);
  const fresh = app.waitForEvent('window', { timeout: 5000 }).catch(() => page);
  await page.getByRole('button', { name: 'Lock' }).click();
  const locked = await fresh;
  await expect(locked.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
});

test('what was typed as an exception is still there after Escape', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await officerAt(app, first);
  await call(page, 'officer.new', { rehearsal: true });
  const record = page.getByRole('button', { name: 'Record an exception' });
  const text = page.getByRole('textbox', { name: 'What happened' });
  await record.click();
  await text.fill('The lights went out');
  await page.keyboard.press('Escape');
  await expect(text).toBeHidden();
  await record.click();
  await expect(text).toHaveValue('The lights went out');
  await page.getByRole('button', { name: 'Record it' }).click();
  await expect(text).toBeHidden();
  await record.click();
  await expect(text).toHaveValue('');
});

test('a roster that has become right is no longer red', async ({ start }) => {
  const { app, page: first } = await start();
  const olga = new Person('Olga', await officerAt(app, first));
  const adas = await start();
  const ada = new Person('Ada', adas.page);
  await ada.firstStart('Custodian');
  await olga.meet(await ada.shownMessage(), await ada.ownWords());
  const { page } = olga;
  await beginRehearsal(page, { threshold: 1, shares: 1 });
  await olga.type('Name of the ceremony', 'Re-enable OIDC');
  await olga.type('Why a root token is needed', 'The tenant changed');
  await olga.press('The plan is complete');
  const said = page.getByRole('alert').filter({ hasText: 'needs 1 share' });
  await expect(said).toBeVisible();
  await olga.tick('checkbox', /Ada/);
  await expect(said).toBeHidden();
});

for (const forcedColors of ['none', 'active'] as const) {
  test(`nothing that a button announced is left in the page without a name, forced colours ${forcedColors}`, async ({
    start,
  }) => {
    const { app, page: first } = await start();
    const page = await officerAt(app, first);
    await page.emulateMedia({ forcedColors });
    await page.getByRole('button', { name: 'New rehearsal' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Which server is it?' })).toBeVisible();
    const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual(
      [],
    );
    // The library's own announcer, which is made at its first word, was never needed.
    await expect(page.locator('[data-live-announcer]')).toHaveCount(0);
  });
}

test('help says what each step is for, what the words mean, which keys there are, and which version runs', async ({
  start,
}) => {
  const { app, page: first } = await start();
  const page = await officerAt(app, first);
  await page.getByRole('button', { name: 'Help' }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByText('Take the attempt')).toBeVisible();
  for (const [title, text] of [
    ['The words', 'Nonce'],
    ['The keys', 'Escape'],
    ['About Airlock', 'Apache License 2.0'],
  ] as const) {
    await help.getByRole('button', { name: title }).click();
    await expect(help.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(help.getByText(/^Electron \d/)).toBeVisible();
  await help.getByRole('button', { name: /What others made of it/ }).click();
  await expect(help.getByText('react-dom', { exact: true })).toBeVisible();
  await help.getByRole('button', { name: /The text of each licence/ }).click();
  await expect(help.getByText(/GNU LESSER GENERAL PUBLIC LICENSE/i).first()).toBeVisible();
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('home puts what is mine to do now first', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await officerAt(app, first);
  await call(page, 'officer.new', { rehearsal: true });
  await page.getByRole('button', { name: 'Home' }).click();
  const mine = page.locator('section', { has: page.getByRole('heading', { name: 'Yours to do now' }) });
  await expect(mine.getByText('Not named yet')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Waits for others' })).toBeHidden();
});
