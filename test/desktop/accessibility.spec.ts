import { beginRehearsal, officerAt } from './bridge';
import { expect, test } from './launch';
import { violations } from './looks';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first screens are accessible when ${colorScheme}`, async ({ start }) => {
    const { app, page: first } = await start({ colorScheme });
    let page = first;
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);

    // The window in which a passphrase was typed is replaced by a fresh one.
    const fresh = app.waitForEvent('window');
    const made = await page.evaluate(() =>
      window.airlock.call('identity.create', {
        name: 'Ada Example',
        role: 'officer',
        station: 'Laptop A',
        passphrase: new TextEncoder().encode('seven grey tin roofs'),
      }),
    );
    expect(made).toMatchObject({ ok: true });
    page = await fresh;
    await expect(page.getByText('Ada Example').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);

    expect(await page.evaluate(() => window.airlock.call('officer.new', { rehearsal: true }))).toMatchObject({
      ok: true,
    });
    await expect(page.getByRole('textbox').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('a first start can be gone through by keyboard alone', async ({ start }) => {
  const { page } = await start();
  await expect(page.getByRole('heading').first()).toBeVisible();
  const reached = new Set<string>();
  for (let i = 0; i < 25; i++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.tagName ?? 'BODY'));
  }
  expect([...reached]).toEqual(expect.arrayContaining(['INPUT', 'BUTTON']));
});

test('a plan that lacks something leads to it: the field is focused, marked, and described by what is missing', async ({
  start,
}) => {
  const { app, page: first } = await start();
  const page = await officerAt(app, first);
  await beginRehearsal(page, { threshold: 2, shares: 3 });
  const title = page.getByRole('textbox', { name: 'Name of the ceremony' });
  const purpose = page.getByRole('textbox', { name: 'Why a root token is needed' });
  await page.getByRole('button', { name: 'The plan is complete' }).click();
  await expect(title).toBeFocused();
  await expect(title).toHaveAttribute('aria-invalid', 'true');
  await expect(title).toHaveAccessibleDescription(/lacks a name and a purpose/);
  await expect(title).toBeInViewport();
  await expect(purpose).toHaveAttribute('aria-invalid', 'true');
  expect(await violations(page)).toEqual([]);

  await title.fill('Re-enable OIDC');
  await expect(title).not.toHaveAttribute('aria-invalid', 'true');
  await purpose.fill('The tenant changed');
  await page.getByRole('button', { name: 'The plan is complete' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'needs 2 shares' })).toBeInViewport();
});
