import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { UrReader } from '../../shared/qr/ur';
import { expect, test } from './launch';
import { atOtpStart } from './otp-start';
import { Person } from './person';
import { readScreen } from './read-screen';

const takePicture = async (page: Page, name: string): Promise<void> => {
  const to = process.env['AIRLOCK_SCAN_PICTURES'];
  if (to) await page.screenshot({ path: join(to, `${name}.png`) });
};

/** The window as Electron itself sees it: Playwright's screenshots let go of what the mouse holds. */
async function photograph(app: ElectronApplication): Promise<Uint8Array> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return picture?.toPNG().toString('base64') ?? '';
  });
  const bytes = new Uint8Array(Buffer.from(png, 'base64'));
  const to = process.env['AIRLOCK_SCAN_PICTURES'];
  if (to) writeFileSync(join(to, 'secret-code.png'), bytes);
  return bytes;
}

test('speed and density are changed by keyboard, and remembered when the app is opened again', async ({
  start,
}) => {
  const first = await start();
  const person = new Person('Ada', first.page);
  await person.firstStart('Custodian');
  const { page } = person;
  await page.locator('h1').click();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  const code = page.locator('.code-box');
  // Whoever changes something sees by how much.
  await expect(code).toContainText('density 2 of');
  await expect(code).toContainText(/The other side can’t have \d+ of them yet/);
  await expect(code).toContainText('5 a second');
  for (let press = 0; press < 12; press++) await page.keyboard.press('+');
  await expect(code).toContainText('15 a second');
  await expect(code.getByRole('button', { name: 'Faster' })).toBeDisabled();
  await expect(code).toContainText('Extra parts make up for missed ones');
  await expect(async () => {
    const state = await page.evaluate(() => window.airlock.call('preferences.get', {}));
    expect(state).toMatchObject({ ok: true, value: { speed: 15, density: 200 } });
  }).toPass();
  await first.app.close();

  const later = new Person('Ada', (await start({ home: first.home })).page);
  await later.unlock();
  const { page: again } = later;
  await later.press('Not reading?');
  await expect(again.locator('.code-box')).toContainText('density 2 of');
  await expect(again.locator('.code-box')).toContainText('15 a second');
});

test('a moving code stands still when it is told to, and below a dialog, and goes on afterwards', async ({
  start,
}) => {
  const person = new Person('Ada', (await start()).page);
  await person.firstStart('Custodian');
  const { page } = person;
  await page.locator('h1').click();
  const part = () => page.locator('.code-box svg path').last().getAttribute('d');
  const moves = async (): Promise<boolean> => {
    const before = await part();
    await page.waitForTimeout(1_000);
    return (await part()) !== before;
  };
  for (let press = 0; press < 3; press++) await page.keyboard.press('[');
  expect(await moves()).toBe(true);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.locator('.code-box')).toContainText('asks for less motion');
  expect(await moves()).toBe(false);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moves()).toBe(true);
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: /^Go on/ })).toBeVisible();
  expect(await moves()).toBe(false);
  await page.keyboard.press(' ');
  expect(await moves()).toBe(true);
  await page
    .getByRole('button', { name: /^Large type/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await moves()).toBe(false);
  await page.keyboard.press('Escape');
  expect(await moves()).toBe(true);
});

test('a code fills the screen on white, each module whole pixels, and can be read from there', async ({
  start,
}) => {
  const person = new Person('Ada', (await start()).page);
  await person.firstStart('Custodian');
  const { page } = person;
  await page.locator('h1').click();
  const small = await page.getByTestId('code-out').locator('svg').boundingBox();
  await page.keyboard.press('f');
  const full = page.locator('.code-full');
  await expect(full).toContainText('Turn the screen to full brightness');
  const large = await full.locator('svg').boundingBox();
  expect(large?.width ?? 0).toBeGreaterThan(1.5 * (small?.width ?? Number.POSITIVE_INFINITY));
  const modules = await full.locator('svg').evaluate((svg) => {
    const width = Number(svg.getAttribute('width')) * window.devicePixelRatio;
    return width / Number(svg.getAttribute('viewBox')?.split(' ')[2]);
  });
  expect(Number.isInteger(modules)).toBe(true);
  await takePicture(page, 'full-screen');
  await person.shownMessage();
  await page.keyboard.press('Escape');
  await expect(full).toBeHidden();
});

test('a secret is in a code only while it is held, and marked SECRET', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await atOtpStart(first);
  const code = page.getByTestId('otp-code');
  await code.scrollIntoViewIfNeeded();
  await expect(code.locator('svg')).toHaveCount(0);
  const hold = page.getByRole('button', { name: 'Hold to show the code: One-time password' });
  const place = await hold.boundingBox();
  if (place === null) throw new Error('no button');
  await page.mouse.move(place.x + 10, place.y + 10);
  await page.mouse.down();
  await expect(code.locator('svg')).toBeVisible();
  await expect(page.locator('.secret-code-mark')).toContainText('SECRET');
  let otp = '';
  // The window is painted a moment after the page has it.
  await expect(async () => {
    const texts = await readScreen(await photograph(app));
    otp = texts.find((text) => !text.startsWith('UR:')) ?? '';
    expect(otp).toMatch(/^[0-9A-Za-z]{28}$/);
  }).toPass({ timeout: 20_000 });
  expect(new UrReader().receive(otp).status).toBe('refused');
  await page.mouse.up();
  await expect(code.locator('svg')).toHaveCount(0);
});

test('the code that a step is about is whole on the screen in the smallest window', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await atOtpStart(first);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setSize(...(window.getMinimumSize() as [number, number]));
  });
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(940);
  await expect(page.getByTestId('code-out').locator('svg')).toBeInViewport({ ratio: 1 });
  await takePicture(page, 'smallest-window');
});

test('a code does not shrink on the screen where the page is zoomed in', async ({ start }) => {
  const { app, page: first } = await start();
  const page = await atOtpStart(first);
  const svg = page.getByTestId('code-out').locator('svg');
  const widthAt = async (zoom: number): Promise<number> => {
    await app.evaluate(({ BrowserWindow }, factor) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setSize(900, 640);
      window?.webContents.setZoomFactor(factor);
    }, zoom);
    await expect.poll(() => page.evaluate(() => window.devicePixelRatio)).toBeCloseTo(zoom);
    await svg.scrollIntoViewIfNeeded();
    return svg.evaluate((code) => code.getBoundingClientRect().width * window.devicePixelRatio);
  };
  const usual = await widthAt(1);
  for (const zoom of [1.5, 2]) expect(await widthAt(zoom)).toBeGreaterThanOrEqual(usual);
  // A row of it fits into the window, so that it can be scrolled to.
  expect(await svg.evaluate((code) => code.getBoundingClientRect().width <= window.innerWidth)).toBe(true);
});
