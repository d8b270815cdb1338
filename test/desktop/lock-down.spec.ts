import { expect, test } from './launch';

test('the app opens its window on a page of its own', async ({ start }) => {
  const { page, app } = await start();
  expect(page.url()).toBe('airlock://app/index.html');
  await expect(page).toHaveTitle('Airlock');
  console.log(
    await app.evaluate(() => process.versions.electron),
    await page.evaluate(() => window.airlock.call('state.get', {})),
  );
  await page.screenshot({ path: 'test/out/first.png' });
});
