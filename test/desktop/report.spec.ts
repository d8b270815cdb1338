import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { scriptHash } from '../../shared/script/script-hash';
import { standardScript } from '../../shared/script/standard-script';
import type { JournalEvent } from '../../shared/transcript/event';
import { nextLine, parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { appFolder, displaySwitches, isRoot, ownEnvironment, theElectron } from './launch';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
const played = join(folder, 'played');
const altered = join(folder, 'altered');
/** As long as a label may be. */
const LONG = 'Laptop of the deputy head of platform engineering, room 4.12';
const PERSON = 'Maximiliane Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of Auchtermuch';
const BANK = 'Landesversorgungsrechenzentrumsbetriebsgesellschaft mbH, Abteilung Tresor, 2. OG';
const SERIAL = 'SN-4417-88213-AFFX-0000-1977-2231-LONGSERIALNUMBERWITHOUTANYBREAKS-000012345678';
const DEVIATION =
  'The bag was torn at a corner; the medium was compared with the record of June and used all the same, as BAG-0000042-LONGWORDWITHOUTBREAKSINIT says';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  execFileSync(process.execPath, [airlock, 'rehearse', '--out', played], { stdio: 'ignore' });
  cpSync(played, altered, { recursive: true });
  relabel(join(altered, 'custodian-1', 'journal.jsonl'));
  goByScript(join(altered, 'officer', 'journal.jsonl'));
  haveWitness(join(altered, 'custodian-2', 'journal.jsonl'));
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

/** The same journal with more lines at its end, as nobody has signed it. */
function append(path: string, events: readonly JournalEvent[]): void {
  const lines: WrittenLine[] = parseJournal(readFileSync(path));
  for (const { event, data } of events) {
    const last = lines.at(-1);
    if (last === undefined) throw new Error(`${path} has no line`);
    lines.push(nextLine(last, last.line, event, data as never));
  }
  writeFileSync(path, lines.map(({ text }) => `${text}\n`).join(''));
}

/** Every step of the standard script on record, with the longest of names and texts. */
function goByScript(path: string): void {
  const { sections, ...head } = standardScript;
  append(path, [
    {
      event: 'script-chosen',
      data: { ...head, sections: sections.length, sha256: scriptHash(standardScript) },
    },
    ...sections.map(
      (section, i): JournalEvent => ({
        event: 'script-section',
        data: { number: i + 1, ...section },
      }),
    ),
    { event: 'script-person', data: { role: 'safe controller', name: PERSON, organisation: BANK } },
    { event: 'script-break', data: { what: 'begins', stayed: `${PERSON} and ${LONG}` } },
    { event: 'script-break', data: { what: 'ends', stayed: '' } },
    ...sections.flatMap(({ steps }, i) =>
      steps.map(
        ({ checks }, n): JournalEvent => ({
          event: 'script-step',
          data: {
            section: i + 1,
            step: n + 1,
            result: n === 1 ? 'deviation' : 'as-expected',
            checks: checks.map(() => ({ done: true, value: SERIAL })),
            actual: `seen at step ${i + 1}.${n + 1}, ${SERIAL}`,
            by: PERSON,
            deviation: n === 1 ? `${DEVIATION} (${i + 1})` : '',
            decidedBy: n === 1 ? PERSON : '',
          },
        }),
      ),
    ),
  ]);
}

/** A witness's statement in somebody's journal, with as long a name and deviations. */
function haveWitness(path: string): void {
  append(path, [
    {
      event: 'witnessed',
      data: {
        name: PERSON,
        by: 'A'.repeat(40),
        station: LONG,
        of: 'B'.repeat(40),
        lines: 4,
        head: 'ab'.repeat(32),
        seenAt: '2026-03-02T09:14:05.000Z',
        deviations: [1, 2].map((line) => ({
          at: '2026-03-02T09:13:00.000Z',
          line,
          text: `${DEVIATION} [${line}]`,
        })),
        signature: 'AA==',
        digest: 'cd'.repeat(32),
      },
    },
  ]);
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
        // What people wrote, wherever it stands.
        ...('actual' in data
          ? [data.actual, data.deviation, data.by, ...data.checks.map(({ value }) => value)]
          : []),
        ...('organisation' in data ? [data.name, data.organisation] : []),
        ...('seenAt' in data ? [data.name, data.station, ...data.deviations.map(({ text }) => text)] : []),
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

/**
 * Short words of the page that stand on two lines, with what they are part of. Names and numbers without
 * spaces may have to be broken, digests always are.
 */
const brokenWords = (): Promise<string[]> =>
  page.evaluate(() => {
    const broken = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const around = node.parentElement;
      if (around === null || around.closest('code, pre, .mono, .unseen, .watermark, style, svg') !== null)
        continue;
      for (const match of (node.textContent ?? '').matchAll(/\S+/g)) {
        // It may go on after a hyphen or a slash.
        if (match[0].length < 2 || match[0].length > 14 || /[-/]/.test(match[0])) continue;
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.add(`${match[0]} in ${around.textContent?.trim().slice(0, 60)}`);
      }
    }
    return [...broken];
  });

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
    // As wide as a sheet of A4 is between its margins.
    await page.emulateMedia({ media: 'print' });
    await open(archive, 695);
    expect(await brokenWords()).toEqual([]);
    await page.emulateMedia({ media: null });
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
