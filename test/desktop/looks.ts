import { mkdirSync, writeFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, type Running } from './launch';
import type { Person } from './person';

/** Sizes of a window, and how far its page is zoomed in. */
const sizes = [
  { width: 1280, height: 800, zoom: 1 },
  { width: 1024, height: 640, zoom: 1 },
  { width: 900, height: 640, zoom: 1 },
  { width: 900, height: 640, zoom: 2 },
] as const;

const [usual] = sizes;

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
    .poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight, window.devicePixelRatio]), {
      intervals: [20, 30, 50, 100],
    })
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

/** Rules of axe that are off by default: on trial there, or newer than most pages. */
const besides = {
  'label-content-name-mismatch': { enabled: true },
  'focus-order-semantics': { enabled: true },
  'p-as-heading': { enabled: true },
  'td-has-header': { enabled: true },
  'target-size': { enabled: true },
};

/** What axe finds against WCAG 2.2 AA, as lines to read. `colours`: only what a theme can change. */
export async function violations(page: Page, only: 'all' | 'colours' = 'all'): Promise<string[]> {
  const axe =
    only === 'all'
      ? new AxeBuilder({ page }).options({ rules: besides })
      : new AxeBuilder({ page }).withRules(['color-contrast']);
  // Electron has no pages for axe to open: legacy mode does without.
  const found = await axe.setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 300)}`),
  );
}

interface Theme {
  readonly name: string;
  readonly media: { readonly colorScheme: 'light' | 'dark'; readonly forcedColors: 'none' | 'active' };
}

const light: Theme = { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } };
const dark: Theme = { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } };
const forced: Theme = { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } };

/** What stands on the screen: its step, the dialog over it, and what is wrong, without anybody's name. */
const standing = (page: Page): Promise<string> =>
  page.evaluate(() =>
    ['h1', '[role=dialog] h2, [role=alertdialog] h2, [role=dialog]', '.problem']
      .map((selector) => document.querySelector(selector))
      .flatMap((element) =>
        element === null ? [] : [element.getAttribute('aria-label') ?? element.textContent],
      )
      .join(' / ')
      .slice(0, 120)
      .replace(/\b(Olga|Ada|Ben|Otto|Oda)\b/g, 'Somebody'),
  );

/** Where a passing run leaves a picture of everything that it looked at, if it is asked to. */
const pictures = process.env['AIRLOCK_SIGHT_PICTURES'];

/**
 * Looks at a screen as it stands, once for each that is another: whether its primary action is in sight in
 * each size, and what axe finds at 100 % and 200 % in each theme. What is wrong, and where, is in `wrong`.
 */
export class Looks {
  readonly wrong: string[] = [];
  readonly seen = new Set<string>();

  /** `state`: what the screen shows, where its headings alone don't say it. */
  async at(running: Running, page: Page = running.page, state = ''): Promise<void> {
    const at = [await standing(page), state].filter((text) => text !== '').join(' / ');
    if (this.seen.has(at)) return;
    this.seen.add(at);
    for (const size of sizes) {
      const { width, height, zoom } = size;
      await resize(running.app, page, size);
      const here = `${at} at ${width}×${height}, ${100 * zoom} %`;
      for (const text of await this.outOfSight(page, zoom)) this.wrong.push(`${here}: ${text}`);
      if (size === usual) await this.themes(running, page, here);
      // Zoomed in the screen is laid out anew, in the same colours: one look is enough, in the other theme.
      else if (zoom !== 1) await this.theme(running, page, here, dark, 'all');
      else await this.picture(running, here);
    }
    await resize(running.app, page, usual);
  }

  /** What axe finds in each theme, at the size that the window has. */
  async themes(running: Running, page: Page, here: string): Promise<void> {
    for (const theme of [light, dark, forced])
      await this.theme(running, page, here, theme, theme === light ? 'all' : 'colours');
  }

  private async theme(
    running: Running,
    page: Page,
    here: string,
    { name, media }: Theme,
    only: 'all' | 'colours',
  ): Promise<void> {
    await page.emulateMedia(media);
    for (const text of await violations(page, only)) this.wrong.push(`${here}, ${name}: ${text}`);
    await this.picture(running, `${here} ${name}`);
    await page.emulateMedia(light.media);
  }

  /** For a person: looks at each screen that they come to. */
  follow(running: Running): (person: Person) => Promise<void> {
    return ({ page }) => this.at(running, page);
  }

  private async outOfSight(page: Page, zoom: number): Promise<string[]> {
    const wrong = (await hidden(page)).map((text) => `${text} is not in sight`);
    if (await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight))
      wrong.push('the window itself scrolls');
    const code = await page
      .locator('[data-testid=code-out] svg, [data-testid=code-out] canvas')
      .first()
      .boundingBox({ timeout: 100 })
      .catch(() => null);
    // Narrower ones were not read at arm's length.
    if (code !== null && code.width < 200) wrong.push(`the code is ${Math.round(code.width)} wide`);
    const rail = await page.locator('nav.rail').boundingBox();
    const room = await page.locator('[data-scrolls]').boundingBox();
    if (room === null || room.height * zoom < 120) wrong.push('no room for the step');
    if (rail !== null && zoom === 2 && rail.height > 60) wrong.push('the rail is no line');
    return wrong;
  }

  private async picture({ app }: Running, name: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await photograph(app, `${pictures}/${name.replace(/\W+/g, '-')}.png`);
  }
}
