import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { nextLine, parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { appFolder, displaySwitches, isRoot, ownEnvironment, theElectron } from './launch';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
const played = join(folder, 'played');
const altered = join(folder, 'altered');
/** As long as a label may be. */
const LONG = 'Laptop of the deputy head of platform engineering, room 4.12';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  execFileSync(process.execPath, [airlock, 'rehearse', '--out', played], { stdio: 'ignore' });
  cpSync(played, altered, { recursive: true });
  relabel(join(altered, 'custodian-1', 'journal.jsonl'));
  // It exits as the verdict says: this one is broken.
  const { status } = spawnSync(process.execPath, [airlock, 'transcript', 'report', altered]);
  expect(status).toBe(1);
  const { dist, executable } = await theElectron();
  app = await _electron.launch({
    ...(existsSync(join(dist, 'resources/default_app.asar')) ? {} : { executablePath: executable }),
    chromiumSandbox: !isRoot,
    args: [...displaySwitches, join(import.meta.dirname, 'viewer')],
    env: ownEnvironment(),
  });
  page = await app.firstWindow();
});
test.afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same journal of a station with the longest label, as nobody has signed it. */
function relabel(path: string): void {
  const lines: WrittenLine[] = [];
  for (const { line } of parseJournal(readFileSync(path))) {
    lines.push(nextLine(lines.at(-1) ?? null, { ...line, station: LONG }, line.event, line.data as never));
  }
  writeFileSync(path, lines.map(({ text }) => `${text}\n`).join(''));
}

/** What a report of this archive has to hold, wherever it is read: each on its own. */
function wanted(archive: string): string[] {
  const stations = readdirSync(archive).filter((name) => existsSync(join(archive, name, 'journal.jsonl')));
  return stations.flatMap((name) => {
    const lines = parseJournal(readFileSync(join(archive, name, 'journal.jsonl'))).map(({ line }) => line);
    return [
      lines[0]?.station ?? '',
      ...lines.flatMap(({ event, data }) => [
        event,
        ...('digest' in data && data.digest ? [data.digest] : []),
      ]),
    ];
  });
}

/** Text without the places where a line was broken. */
const joined = (text: string): string => text.replace(/\s+/g, '');

/** Elements of the page that stick out of it, or whose text is cut off, by what they say. */
const cutOff = (): Promise<string[]> =>
  page.evaluate(() => {
    const right = document.documentElement.clientWidth + 1;
    return [...document.querySelectorAll<HTMLElement>('main *, header *')]
      .filter((each) => each.closest('.unseen, svg, .watermark') === null && each.offsetParent !== null)
      .filter((each) => {
        const box = each.getBoundingClientRect();
        const clips = getComputedStyle(each).overflowX !== 'visible';
        return box.left < -1 || box.right > right || (clips && each.scrollWidth > each.clientWidth + 1);
      })
      .map((each) => `${each.tagName}.${each.className}: ${each.textContent?.trim().slice(0, 60)}`);
  });

/** Words of one word each, such as roles and kinds of findings, that stand on two lines. */
const brokenWords = (): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.role, .kind-tag, .findings .tag')].flatMap((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      return lines.size > 1 ? [each.textContent ?? ''] : [];
    }),
  );

async function open(archive: string, width: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size, 900);
  }, width);
  await page.goto(pathToFileURL(join(archive, 'report.html')).href);
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
}

for (const [name, archive] of [
  ['a whole ceremony', played],
  ['an archive in which much is wrong, with the longest of names', altered],
] as const) {
  for (const width of [390, 900, 1280]) {
    test(`the report of ${name} loses nothing at ${width} px`, async () => {
      await open(archive, width);
      expect(await cutOff()).toEqual([]);
      expect(await brokenWords()).toEqual([]);
      const text = joined(await page.evaluate(() => document.body.innerText));
      expect(wanted(archive).filter((each) => !text.includes(joined(each)))).toEqual([]);
      const pictures = await page.evaluate(() =>
        [...document.querySelectorAll('figure')].map((figure) => [
          figure.querySelector('img')?.naturalWidth ?? 0,
          figure.querySelector('figcaption')?.innerText.trim() ?? '',
        ]),
      );
      expect(pictures.length).toBeGreaterThan(20);
      for (const [drawn, caption] of pictures) {
        expect(drawn).toBeGreaterThan(0);
        expect(caption).toMatch(/^\w+\n(?:\w+ ){3}\w+\s+\S/);
      }
    });
  }

  test(`the report of ${name} loses nothing on paper, and has no empty page`, async () => {
    await open(archive, 900);
    const printed = await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const pdf = await contents?.printToPDF({ printBackground: true, preferCSSPageSize: true });
      return pdf?.toString('base64') ?? '';
    });
    const file = join(folder, 'report.pdf');
    writeFileSync(file, Buffer.from(printed, 'base64'));
    const sheets = execFileSync('pdftotext', ['-raw', file, '-']).toString().split('\f').slice(0, -1);
    expect(sheets.length).toBeGreaterThan(4);
    // The mark of a rehearsal is on every page, whatever else is.
    for (const sheet of sheets) expect(joined(sheet).replace('REHEARSAL', '').length).toBeGreaterThan(60);
    const text = joined(sheets.join(' '));
    expect(wanted(archive).filter((each) => !text.includes(joined(each)))).toEqual([]);
    for (const heading of await page.locator('h1, h2, h3').allInnerTexts())
      expect(text).toContain(joined(heading));
  });
}

test('the app prints it without a window, as it draws it itself, and the command line has it do so', async () => {
  const { executable } = await theElectron();
  const folder = join(played, '..', 'with a page of its own');
  cpSync(played, folder, { recursive: true });
  writeFileSync(join(folder, 'report.html'), '<h1>All is well</h1>');
  // Chromium has no sandbox for root, who has to say so.
  const app = join(folder, '../app');
  const switches = [...displaySwitches, ...(isRoot ? ['--no-sandbox'] : [])].join(' ');
  writeFileSync(app, `#!/bin/sh\nexec '${executable}' ${switches} '${appFolder}' "$@"\n`, { mode: 0o755 });
  const env = ownEnvironment();
  const printed = join(folder, '../by-app.pdf');
  const start = (...args: string[]) => spawnSync(app, args, { env, encoding: 'utf8', timeout: 60_000 });

  expect(start(`--print-report=${folder}`, `--into=${printed}`).status).toBe(0);
  const text = joined(execFileSync('pdftotext', ['-raw', printed, '-']).toString());
  expect(text).not.toContain('Alliswell');
  expect(wanted(played).filter((each) => !text.includes(joined(each)))).toEqual([]);
  // Every code is there as a picture, as on the page that the rehearsal drew.
  const figures = readFileSync(join(played, 'report.html'), 'utf8').match(/<img /g) ?? [];
  const pictures =
    execFileSync('pdfimages', ['-list', printed])
      .toString()
      .match(/^ .* image .*$/gm) ?? [];
  expect(figures.length).toBeGreaterThan(20);
  expect(pictures.length).toBe(figures.length);

  // A file that is there is left as it is, and what is no transcript is named.
  const bytes = readFileSync(printed);
  const again = start(`--print-report=${folder}`, `--into=${printed}`);
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('Name one that isn’t there yet')]);
  expect(readFileSync(printed).equals(bytes)).toBe(true);
  const nothing = start(`--print-report=${folder}/none`, `--into=${folder}/none.pdf`);
  expect([nothing.status, nothing.stderr]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')]);

  const before = profiles();
  const asked = ['transcript', 'report', folder, '--pdf', join(folder, '../by-command.pdf'), '--app', app];
  const done = spawnSync(process.execPath, [airlock, ...asked], { env, encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
  const failed = ['transcript', 'report', played, '--pdf', folder, '--app', '/bin/false'];
  expect(spawnSync(process.execPath, [airlock, ...failed], { env }).status).toBe(1);
  expect(profiles()).toEqual(before);
  const same = joined(execFileSync('pdftotext', ['-raw', join(folder, '../by-command.pdf'), '-']).toString());
  expect(same).toBe(text);
});

/** Chromium's own folders of programs that print. */
const profiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('airlock-print-'));
