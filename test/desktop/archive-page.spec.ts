import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { build } from 'vite';
import type * as Many from '../main/archive/page/many-ceremonies';
import {
  appFolder,
  displaySwitches,
  expect,
  isRoot,
  ownEnvironment,
  test as plain,
  theElectron,
} from './launch';
import { violations } from './looks';

const airlock = join(appFolder, 'dist/cli/airlock.cjs');
const browserFolder = join(import.meta.dirname, 'electron/browser');

interface Served {
  readonly address: string;
  readonly folder: string;
  readonly server: ChildProcess;
}

/** An archive with so many ceremonies in its index. It is built for Node first, as the product is. */
async function manyIn(folder: string, count: number): Promise<string> {
  const built = join(appFolder, 'test/out/archive-page-stage');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['libsql'] },
    build: {
      ssr: join(import.meta.dirname, '../main/archive/page/many-ceremonies.ts'),
      outDir: built,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'many.cjs' } },
    },
  });
  const { manyCeremonies } = createRequire(import.meta.url)(join(built, 'many.cjs')) as typeof Many;
  return manyCeremonies(join(folder, 'archive'), count);
}

/** Starts the built command line on the archive that the environment names. */
async function served(
  folder: string,
  env: Record<string, string>,
): Promise<Pick<Served, 'address' | 'server'>> {
  const server = spawn(process.execPath, [airlock, 'archive', 'serve', '--json'], { cwd: folder, env });
  const line = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    server.once('exit', () => reject(new Error('it ended')));
  });
  return { address: (JSON.parse(line) as { address: string }).address, server };
}

/** A rehearsal in an archive, whose page the built command line serves. */
async function serve(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-archive-page-'));
  const passphrase = join(folder, 'pass.txt');
  writeFileSync(passphrase, 'seven grey tin roofs\n');
  const env = {
    ...ownEnvironment(),
    AIRLOCK_HOME: join(folder, 'home'),
    AIRLOCK_ARCHIVE: join(folder, 'archive'),
    AIRLOCK_PASSPHRASE_FILE: passphrase,
  };
  const run = (...args: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [airlock, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  };
  run('identity', 'create', '--name', 'Arno', '--role', 'archivist', '--station', 'Archive');
  run('rehearse', '--shares', '3', '--threshold', '2');
  const [transcript = ''] = readdirSync(folder).filter((name) => name.startsWith('rehearsal-'));
  run('archive', 'add', transcript);
  const { address, server } = await served(folder, env);
  return { address, folder, server };
}

const test = plain.extend<{ page: Page; app: ElectronApplication }, { served: Served }>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are needed.
    async ({}, use) => {
      const served = await serve();
      await use(served);
      served.server.kill('SIGTERM');
      rmSync(served.folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are needed.
  app: async ({}, use) => {
    const { dist, executable } = await theElectron();
    const app = await _electron.launch({
      ...(existsSync(join(dist, 'resources/default_app.asar')) ? {} : { executablePath: executable }),
      chromiumSandbox: !isRoot,
      args: [...displaySwitches, browserFolder],
      // It warns of the blank page before ours is there.
      env: { ...ownEnvironment(), ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
    });
    await use(app);
    await app.close();
  },
  page: async ({ app }, use) => use(await app.firstWindow()),
});

const REFUSED = 'Blocked script execution in ';

/** What the page asks for elsewhere, and what its policy or a fault stops. */
function strayOf(page: Page, address: string): string[] {
  const stray: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) stray.push(request.url());
  });
  page.on('console', (message) => {
    // What looks into the report's frame for this test is refused there as any script is.
    if (['error', 'warning'].includes(message.type()) && !message.text().startsWith(REFUSED))
      stray.push(message.text());
  });
  page.on('pageerror', (error) => stray.push(String(error)));
  return stray;
}

const pictures = join(appFolder, 'test/out/archive-page');
const photograph = async (page: Page, name: string): Promise<void> => {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};

for (const colorScheme of ['light', 'dark'] as const)
  test(`every view of the archive’s page is accessible when ${colorScheme}, and asks no other address`, async ({
    page,
    served,
  }) => {
    const stray = strayOf(page, served.address);
    await page.emulateMedia({ colorScheme });
    await page.goto(served.address);
    await expect(page.getByRole('heading', { name: 'Ceremonies', level: 1 })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    expect(await violations(page)).toEqual([]);
    await photograph(page, `list-${colorScheme}`);

    await page.getByRole('link', { name: 'Counts' }).click();
    await expect(page.getByRole('heading', { name: 'Never rehearsed' })).toBeVisible();
    await expect(page.getByText('No ceremony has made one.')).toBeVisible();
    await page.getByText('The same as a table').click();
    expect(await violations(page)).toEqual([]);
    await photograph(page, `counts-${colorScheme}`);

    await page.getByRole('navigation').getByRole('link', { name: 'Root tokens' }).click();
    await expect(page.getByRole('heading', { name: 'No root token was there then' })).toBeVisible();
    await page.getByLabel('Rehearsals', { exact: true }).selectOption('with them');
    const life = page.getByRole('row').nth(1);
    await expect(life).toContainText('Officer, officer');
    await expect(life).toContainText('Witness (5 of 5 stations)');
    expect(await violations(page)).toEqual([]);
    await photograph(page, `tokens-${colorScheme}`);

    await page.getByRole('link', { name: 'Counts' }).click();
    await page.getByRole('link', { name: '1 rehearsal' }).click();
    await page.getByRole('link', { name: 'Rehearsal', exact: true }).click();
    await expect(page.getByRole('heading', { name: /^Every journal line: \d\d+$/ })).toBeVisible();
    await expect(page.getByText('Nothing is missing, and everything fits.')).toBeVisible();
    await page.getByRole('button', { name: 'Show the report here' }).click();
    const report = page.frameLocator('iframe');
    await expect(report.getByText('Report of a root-token ceremony')).toBeVisible();
    const drawn = page.locator('.archive-pictures img').first();
    await drawn.scrollIntoViewIfNeeded();
    await expect
      .poll(() => drawn.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(50);
    const inReport = report.locator('img').first();
    await inReport.scrollIntoViewIfNeeded();
    await expect
      .poll(() => inReport.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(50);
    expect(await violations(page)).toEqual([]);
    await photograph(page, `ceremony-${colorScheme}`);
    expect(stray).toEqual([]);
  });

test('ceremonies are found as one types, by keyboard alone, and the way back leads to the list as it was', async ({
  page,
  served,
}) => {
  await page.goto(served.address);
  await expect(page.getByRole('row')).toHaveCount(2);
  const search = page.getByRole('searchbox', { name: 'Search journals, plans and notes' });
  for (let i = 0; i < 10 && !(await search.evaluate((field) => field === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await expect(search).toBeFocused();
  await page.keyboard.type('xylophone');
  await expect(page.getByRole('heading', { name: 'No ceremony is so' })).toBeVisible();
  await search.fill('');
  await page.keyboard.type('rehear');
  await expect(page.getByRole('heading', { name: '1 ceremony' })).toBeVisible();
  const found = page.getByRole('link', { name: 'Rehearsal', exact: true });
  for (let i = 0; i < 20 && !(await found.evaluate((link) => link === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await page.goBack();
  await expect(search).toHaveValue('rehear');
  await page.getByLabel('Verdict', { exact: true }).selectOption('broken');
  await expect(page.getByRole('heading', { name: 'No ceremony is so' })).toBeVisible();
});

test('with forced colours every view keeps its marks, its bars and what has the focus', async ({
  page,
  served,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  for (const view of ['#/', '#/tokens?rehearsal=1', '#/counts']) {
    await page.goto(`${served.address}${view}`);
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await photograph(page, `forced-${view.replace(/\W+/g, '')}`);
  }
});

test('nothing is wider than a phone, and each view prints', async ({ page, app, served }) => {
  const views = ['#/', '#/counts', '#/tokens?rehearsal=1'];
  await page.goto(served.address);
  views.push((await page.getByRole('link', { name: 'Rehearsal', exact: true }).getAttribute('href')) ?? '');
  for (const [i, view] of views.entries()) {
    await page.goto(`${served.address}${view}`);
    await page.setViewportSize({ width: 390, height: 844 });
    if (i === 3) await expect(page.getByRole('heading', { name: /^Every journal line/ })).toBeVisible();
    else await expect(page.getByRole('heading', { level: 2 }).last()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await photograph(page, `phone-${i}`);
    if (i === 3)
      // A picture that wasn't loaded would be missing on paper.
      await expect
        .poll(() => page.evaluate(() => [...document.images].every((image) => image.naturalWidth > 0)))
        .toBe(true);
    const pdf = await app.evaluate(async ({ BrowserWindow }) => {
      const bytes = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ pageSize: 'A4' });
      return bytes?.toString('base64') ?? '';
    });
    const bytes = Buffer.from(pdf, 'base64');
    writeFileSync(join(pictures, `print-${i}.pdf`), bytes);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((bytes.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(0);
  }
});

test('a thousand ceremonies: what needs attention comes first, and the list goes on', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-archive-page-'));
  const env = { ...ownEnvironment(), AIRLOCK_ARCHIVE: await manyIn(folder, 1000) };
  const { address, server } = await served(folder, env);
  try {
    await page.goto(address);
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await expect(attention.getByText('Root token not proven revoked: 10 ceremonies')).toBeVisible();
    await expect(attention.getByText('Something contradicts: broken: 4 ceremonies')).toBeVisible();
    await expect(page.getByRole('heading', { name: '1,000 ceremonies' })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(101);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect(page.getByRole('row')).toHaveCount(201);
    expect(await violations(page)).toEqual([]);
    await photograph(page, 'thousand-list');
    await page.getByRole('searchbox').fill('chg-77');
    await expect(page.getByRole('heading', { name: '11 ceremonies' })).toBeVisible();
    await page.getByRole('link', { name: 'Counts' }).click();
    await expect(page.getByText('Cy, custodian, in 750 ceremonies')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await photograph(page, 'thousand-counts');
  } finally {
    server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
});
