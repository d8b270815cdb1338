import { writeFileSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';
import { expect, type Running, test } from './launch';
import { Person } from './person';
import { playAtWindows } from './rounds';

let server: RehearsalServer;
test.beforeAll(async () => {
  server = await startRehearsalServer({ listen: '127.0.0.1:0', shares: 3, threshold: 2, tokenFormat: 'hvs' });
});
test.afterAll(() => server.close());

/** Sizes of a window, and how far its page is zoomed in. */
const sizes = [
  { width: 1280, height: 800, zoom: 1 },
  { width: 1024, height: 640, zoom: 1 },
  { width: 900, height: 640, zoom: 1 },
  { width: 900, height: 640, zoom: 2 },
] as const;

async function resize(
  app: ElectronApplication,
  page: Page,
  { width, height, zoom }: (typeof sizes)[number],
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows().at(-1);
      window?.setContentSize(to.width, to.height);
      window?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
  await expect
    .poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight, window.devicePixelRatio]))
    .toEqual([width / zoom, height / zoom, zoom]);
}

/** Buttons of the primary look that are not whole in the window, without any scrolling. */
const hidden = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.foot .button')]
      .filter((button) => !/button-(quiet|link|small)/.test(button.className))
      .filter((button) => {
        const { top, left, bottom, right } = button.getBoundingClientRect();
        return top < 0 || left < 0 || bottom > window.innerHeight || right > window.innerWidth;
      })
      .map((button) => button.textContent ?? ''),
  );

/** The window as Electron itself sees it: Playwright's screenshots leave the zoom out. */
async function photograph(app: ElectronApplication, path: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows().at(-1)?.webContents.capturePage();
    return picture?.toPNG().toString('base64') ?? '';
  });
  writeFileSync(path, Buffer.from(png, 'base64'));
}

/** Looks at the screen in each size. Says what is wrong, and where. */
function looker(running: Running, wrong: string[], seen: Set<string>) {
  return async (person: Person): Promise<void> => {
    const { page } = person;
    const title = (await page.locator('h1').first().textContent()) ?? '';
    if (seen.has(title)) return;
    seen.add(title);
    for (const size of sizes) {
      await resize(running.app, page, size);
      const at = `${title} at ${size.width}×${size.height}, ${100 * size.zoom} %`;
      for (const text of await hidden(page)) wrong.push(`${at}: ${text} is not in sight`);
      if (await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight))
        wrong.push(`${at}: the window itself scrolls`);
      const code = await page
        .locator('[data-testid=code-out] svg, [data-testid=code-out] canvas')
        .first()
        .boundingBox({ timeout: 100 })
        .catch(() => null);
      // Narrower ones were not read at arm's length.
      if (code !== null && code.width < 200) wrong.push(`${at}: the code is ${Math.round(code.width)} wide`);
      const rail = await page.locator('nav.rail').boundingBox();
      const room = await page.locator('[data-scrolls]').boundingBox();
      if (room === null || room.height * size.zoom < 120) wrong.push(`${at}: no room for the step`);
      if (rail !== null && size.zoom === 2 && rail.height > 60) wrong.push(`${at}: the rail is no line`);
      const to = process.env['AIRLOCK_SIGHT_PICTURES'];
      if (to)
        await photograph(running.app, `${to}/${title.replace(/\W+/g, '-')}-${size.width}-${size.zoom}.png`);
    }
    await resize(running.app, page, sizes[0]);
  };
}

test('what can be done is in sight on every screen of a ceremony, in every size', async ({ start }) => {
  test.setTimeout(10 * 60_000);
  const wrong: string[] = [];
  const seen = new Set<string>();
  const at = async (name: string, program: 'offline' | 'online'): Promise<Person> => {
    const running = await start({ program, env: { VAULT_ADDR: server.address } });
    const person = new Person(name, running.page);
    person.onScreen = looker(running, wrong, seen);
    return person;
  };
  const cast = {
    officer: await at('Olga', 'offline'),
    ada: await at('Ada', 'offline'),
    ben: await at('Ben', 'offline'),
    otto: await at('Otto', 'online'),
    oda: await at('Oda', 'online'),
  };
  await playAtWindows(cast, { method: 'pgp', server });
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThan(15);
});
