import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './launch';

/** What axe finds against WCAG 2.2 AA, as lines to read. */
async function violations(page: Page): Promise<string[]> {
  // Electron has no pages for axe to open: legacy mode does without.
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first screens are accessible when ${colorScheme}`, async ({ start }) => {
    const { page } = await start({ colorScheme });
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);

    const made = await page.evaluate(() =>
      window.airlock.call('identity.create', {
        name: 'Ada Example',
        role: 'officer',
        station: 'Laptop A',
        passphrase: 'seven grey tin roofs',
      }),
    );
    expect(made).toMatchObject({ ok: true });
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
