import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { qrPng } from '../../main/qr/qr-png';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { wireBytes } from '../../shared/message/wire';
import { drawQr } from '../../shared/qr/draw';
import type { Luma } from '../../shared/qr/luma';
import { makeOutgoing, type Outgoing, urText } from '../../shared/qr/ur';
import { fingerprintWords } from '../../shared/words';
import { photograph, type Shot, straightShot } from '../bench/camera';
import { filmSwitches, writeFilm } from './film';
import { expect, type LaunchOptions, type Running, test } from './launch';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-film-'));
const film = join(folder, 'film.y4m');
/** Someone whose code is held to the camera. */
let words = '';
let message: Uint8Array;
let parts: Outgoing;

test.beforeAll(async () => {
  const home = openHome(join(folder, 'home'));
  const now = new Date('2026-03-04T05:06:07Z');
  const berta = await createIdentity(home, { name: 'Berta', role: 'custodian', passphrase, now });
  words = fingerprintWords(berta.fingerprint);
  message = wireBytes(await identityMessage(berta, now));
  parts = makeOutgoing(message, 200);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vga: Shot = { ...straightShot, width: 640, height: 480, noise: 3 };

/** What the camera sees of a code's text, each time the same. */
function shot(text: string | null, change: Partial<Shot> = {}): Luma {
  let state = 1;
  const random = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return photograph(text === null ? null : drawQr(text), { ...vga, ...change }, random);
}

const part = (index: number): Luma => shot(parts.part(index));

async function custodianWithCamera(
  start: (options: LaunchOptions) => Promise<Running>,
  args: string[] = filmSwitches(film),
  colorScheme: 'light' | 'dark' = 'light',
): Promise<{ person: Person; page: Page; running: Running }> {
  const running = await start({ args, colorScheme });
  const person = new Person('Ada', running.page);
  await person.firstStart('Custodian');
  // The tests watch what the app asks for and gets; they change none of it.
  await running.page.evaluate(() => {
    const media = navigator.mediaDevices;
    const ask = media.getUserMedia.bind(media);
    const streams: MediaStream[] = [];
    Object.assign(window, { streams });
    media.getUserMedia = async (constraints) => {
      const stream = await ask(constraints);
      streams.push(stream);
      return stream;
    };
  });
  return { person, page: running.page, running };
}

const trackStates = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as { streams: MediaStream[] }).streams.flatMap((stream) =>
      stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`),
    ),
  );

const takePicture = async (page: Page, name: string): Promise<void> => {
  const to = process.env['AIRLOCK_SCAN_PICTURES'];
  if (to) await page.screenshot({ path: join(to, `${name}.png`) });
};

async function isMet(page: Page): Promise<void> {
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toContainText('Berta');
  await expect(page.locator('.words', { hasText: words })).toBeVisible();
}

test('a still code is read by the camera, which is released at once', async ({ start }) => {
  writeFilm(film, [shot(urText(message), { width: 1280, height: 720, size: 0.95, blur: 0.3, noise: 1 })], 5);
  const { page } = await custodianWithCamera(start);
  await page.locator('h1').click();
  await page.keyboard.press('c');
  await isMet(page);
  await expect(page.getByTestId('scanner')).toBeHidden();
  expect(await trackStates(page)).toEqual(['video ended']);
});

test('a moving code is read although frames are dropped, repeated, and from elsewhere', async ({ start }) => {
  expect(parts.partCount).toBeGreaterThan(6);
  const other = makeOutgoing(new TextEncoder().encode('something else '.repeat(40)), 200);
  // Every third plain part never shows; extra parts make up for them. Each frame stays for two.
  const shown = Array.from({ length: 4 * parts.partCount }, (_, index) => index).filter(
    (index) => index % 3 !== 2,
  );
  const menu = shot('https://example.org/a-menu');
  const frames = shown.flatMap((index) => {
    const frame = part(index);
    // For long enough to be looked at, and its sentence to be read, on a machine that is busy.
    if (index === 3) return [frame, frame, ...Array.from({ length: 8 }, () => menu)];
    if (index === 6) return [frame, frame, shot(other.part(0)), shot(null)];
    return [frame, frame];
  });
  writeFilm(film, frames, 8);
  const { person, page } = await custodianWithCamera(start);
  await person.press(/^Use the camera/);
  const scanner = page.getByTestId('scanner');
  await expect(scanner.locator('.scan-said')).toHaveAttribute('data-sight', 'read');
  await expect(scanner.getByRole('alert')).toContainText('something else than an Airlock message');
  await expect(scanner.locator('.scan-dots .scan-dot-foreign').first()).toBeVisible();
  await expect(scanner.locator('.scan-dots .scan-dot-known').first()).toBeVisible();
  await expect(scanner.locator('.scan-dots .scan-dot-new').first()).toBeVisible();
  await expect(scanner.getByTestId('scan-parts')).toHaveText(/^\d+ of \d+ parts$/);
  await expect(scanner.getByTestId('scan-time')).toHaveText(/^about \d+ s$/);
  await takePicture(page, 'moving');
  await isMet(page);
  expect(await trackStates(page)).toEqual(['video ended']);
});

test('the coach says why nothing is read; a tilted code is read all the same', async ({ start }) => {
  const { person, page } = await custodianWithCamera(start, filmSwitches(film), 'dark');
  const text = parts.part(0);
  const scanner = page.getByTestId('scanner');
  const see = async (frames: readonly Luma[], sight: string): Promise<void> => {
    writeFilm(film, frames, 8);
    await person.press(/^Use the camera/);
    await expect(scanner.locator('.scan-said')).toHaveAttribute('data-sight', sight);
    await takePicture(page, sight);
    await page.keyboard.press('Escape');
    await expect(scanner).toBeHidden();
    await expect(page.getByRole('button', { name: /^Use the camera/ })).toBeFocused();
  };
  await see([shot(text, { black: 2, white: 10, noise: 4 })], 'too-dark');
  await see([shot(text, { blur: 7 })], 'blurred');
  await see([shot(text, { offset: { x: 0.62, y: 0 } })], 'cut-off');
  await see([shot(null)], 'nothing');
  const tilted = { tilt: { x: 0.35, y: 0.15 }, turn: 12, size: 0.7 };
  await see([shot(text, tilted)], 'read');
  await expect(page.getByText(`1 of ${parts.partCount} parts read`)).toBeVisible();
  expect(new Set(await trackStates(page))).toEqual(new Set(['video ended']));
});

test('without a camera, or when it is unplugged, a sentence says so and nothing is lost', async ({
  start,
}) => {
  const none = await custodianWithCamera(start, []);
  await none.person.press(/^Use the camera/);
  await none.person.isTold(/no camera/);
  await none.running.close();

  writeFilm(film, [part(0), part(1)], 5);
  const { person, page } = await custodianWithCamera(start);
  await person.press(/^Use the camera/);
  await expect(page.getByTestId('scan-parts')).toHaveText(`2 of ${parts.partCount} parts`);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('.scan').analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  await page.evaluate(() => {
    for (const stream of (window as unknown as { streams: MediaStream[] }).streams)
      for (const track of stream.getTracks()) track.dispatchEvent(new Event('ended'));
  });
  await person.isTold(/unplugged/);
  await expect(page.getByTestId('scan-parts')).toHaveText(`2 of ${parts.partCount} parts`);
  await person.press('Try again');
  await expect(page.locator('.scan-said')).toHaveAttribute('data-sight', 'read');
  await person.press(/^Stop the camera/);
  expect(new Set(await trackStates(page))).toEqual(new Set(['video ended']));
});

test('a picture in the clipboard is pasted', async ({ start }) => {
  const { page, running } = await custodianWithCamera(start, []);
  const png = Buffer.from(qrPng(urText(message))).toString('base64');
  await running.app.evaluate(async ({ clipboard, nativeImage, ClipboardItem }, picture) => {
    const bytes = Buffer.from(picture, 'base64');
    // Electron 44 changed the way in for pictures; the tests also run on 22.
    const older = clipboard as unknown as { writeImage?(image: unknown): void };
    if (older.writeImage !== undefined) older.writeImage(nativeImage.createFromBuffer(bytes));
    else await clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes]) })]);
  }, png);
  await page.locator('h1').click();
  await page.keyboard.press('Control+V');
  await isMet(page);
});

test('text of a code is pasted from the clipboard', async ({ start }) => {
  const { page, running } = await custodianWithCamera(start, []);
  await running.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), urText(message));
  await page.locator('h1').click();
  await page.keyboard.press('Control+V');
  await isMet(page);
});
