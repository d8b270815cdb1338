import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { findApp, hasScreen } from '../../../../main/cli/parts/airlock-app';
import { findPrinter } from '../../../../main/cli/parts/report-printer';
import { airlock } from '../fake-terminal';
import { test } from '../fixtures';

/** A program that notes its arguments and its environment, and prints where it is told. */
function program(path: string, says = ''): string {
  writeFileSync(
    path,
    `#!/bin/sh
for arg in "$@"; do
  printf '%s\n' "$arg" >>'${path}.args'
  case $arg in --into=* | --print-to-pdf=*) ${says === '' ? `printf '%%PDF-1.4' >"\${arg#*=}"` : ':'} ;; esac
done
env >'${path}.env'
${says}
`,
  );
  chmodSync(path, 0o755);
  return path;
}
const args = (path: string): string[] => readFileSync(`${path}.args`, 'utf8').trim().split('\n');

describe('the Airlock app that prints', () => {
  test('is the one that is installed', ({ at, folder }) => {
    expect(findApp({ PATH: folder }, null)).toBeNull();
    program(at('airlock-app'));
    expect(findApp({ PATH: `/nowhere:${folder}` }, folder)).toEqual({ program: at('airlock-app'), args: [] });
  });

  test('is else that of the checkout, once it is built, on the Electron that is there', ({ at, folder }) => {
    mkdirSync(at('node_modules/electron/dist'), { recursive: true });
    program(at('node_modules/electron/dist/electron'));
    writeFileSync(at('node_modules/electron/path.txt'), 'electron\n');
    expect(findApp({}, folder)).toBeNull();
    mkdirSync(at('dist/offline'), { recursive: true });
    writeFileSync(at('dist/offline/main.cjs'), '');
    const own = { program: at('node_modules/electron/dist/electron'), args: [folder] };
    expect(findApp({}, folder)).toEqual(own);
    // Where another Electron is named, it is that or none.
    const named = { ELECTRON_OVERRIDE_DIST_PATH: at('other') };
    expect(findApp(named, folder)).toBeNull();
    mkdirSync(at('other'));
    program(at('other/electron'));
    expect(findApp(named, folder)).toEqual({ program: at('other/electron'), args: [folder] });
  });

  test('needs a screen on Linux, and nowhere else', () => {
    expect(hasScreen({}, 'linux')).toBe(false);
    expect(hasScreen({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasScreen({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasScreen({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasScreen({}, 'darwin')).toBe(true);
  });
});

describe('what prints a report', () => {
  test('is missed by name, whatever is named', ({ at, folder }) => {
    const env = { PATH: folder, DISPLAY: ':0' };
    const missing = (message: string) =>
      expect.objectContaining({ code: 'no-browser', message: expect.stringContaining(message) });
    expect(() => findPrinter({ env }, {})).toThrow(
      missing('neither here: no Chromium on the PATH (chromium'),
    );
    expect(() => findPrinter({ env }, { browser: at('chromium') })).toThrow(missing(at('chromium')));
    expect(() => findPrinter({ env }, { app: at('airlock') })).toThrow(missing(at('airlock')));
    program(at('airlock-app'));
    expect(() => findPrinter({ env: { PATH: folder } }, {})).toThrow(missing('only where there is a screen'));
  });

  test('is a Chromium before the app, and the app where it is named', async ({ at, folder }) => {
    const env = { PATH: folder, DISPLAY: ':0' };
    program(at('airlock-app'));
    await findPrinter({ env }, {})(at('transcript'), at('page.html'));
    // It draws the page itself, of the folder.
    const own = args(at('airlock-app'));
    expect(own).toEqual([
      `--print-report=${at('transcript')}`,
      expect.stringMatching(/^--into=.*page\.pdf$/),
    ]);
    program(at('chromium'));
    await findPrinter({ env }, {})(at('transcript'), at('page.html'));
    expect(args(at('chromium')).at(-1)).toBe(`file://${at('page.html')}`);
    expect(args(at('airlock-app'))).toEqual(own);
    await findPrinter({ env }, { app: at('airlock-app') })(at('transcript'), at('page.html'));
    expect(args(at('airlock-app'))).toHaveLength(4);
  });

  test('hears of no server and no archive', async ({ at, folder }) => {
    const secret = { AIRLOCK_ARCHIVE: 'postgres://db.example/a', PGPASSFILE: '/none' };
    const before = { ...process.env };
    Object.assign(process.env, secret);
    try {
      program(at('chromium'));
      await findPrinter({ env: { PATH: folder } }, {})(folder, at('page.html'));
    } finally {
      for (const name of Object.keys(secret)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(readFileSync(at('chromium.env'), 'utf8')).not.toMatch(/AIRLOCK_ARCHIVE|PGPASSFILE/);
  });

  test('that prints nothing is quoted with what it says to people, not with its log', async ({ at }) => {
    const app = program(
      at('airlock-app'),
      `echo 'The transcript can’t be read.' >&2; echo '[1:2/3:ERROR:bus.cc(399)] Failed' >&2; exit 1`,
    );
    const env = { DISPLAY: ':0' };
    await expect(findPrinter({ env }, { app })(at('transcript'), at('page.html'))).rejects.toMatchObject({
      code: 'not-printed',
      message: expect.stringContaining('(“The transcript can’t be read.”)'),
    });
  });

  test('is asked by transcript report, and one program prints, not two', async ({ archive, at }) => {
    const app = program(at('airlock-app'));
    const pdf = at('report.pdf');
    const named = ['transcript', 'report', archive, '--pdf', pdf, '--app', app];
    const done = await airlock(named, { env: { DISPLAY: ':0' } });
    expect([done.code, done.out]).toEqual([0, `${archive}/report.html\n${pdf}\n`]);
    expect(statSync(pdf).mode & 0o777).toBe(0o600);
    expect(args(app)[0]).toBe(`--print-report=${archive}`);
    const both = await airlock([...named, '--browser', app]);
    expect([both.code, both.out]).toEqual([2, '']);
    expect(both.err).toMatch(/--app.*--browser|--browser.*--app/);
  });

  test('is asked by archive report, which has the pictures where they are looked for', async ({
    archive,
    at,
    create,
    signing,
  }) => {
    await create('Ines', 'archivist');
    const place = at('place');
    const added = await airlock(['archive', 'add', archive, '--archive', place, ...signing]);
    expect(added.code, added.err).toBe(0);
    const [station = ''] = readdirSync(archive).filter((name) =>
      existsSync(join(archive, name, 'journal.jsonl')),
    );
    const [line = ''] = readFileSync(join(archive, station, 'journal.jsonl'), 'utf8').split('\n');
    const { ceremony: id } = JSON.parse(line) as { ceremony: string };
    const browser = program(at('chromium'));
    const [out, pdf] = [at('page.html'), at('page.pdf')];
    const report = ['archive', 'report', id, '--archive', place, '--out', out, '--pdf', pdf];
    const done = await airlock([...report, '--browser', browser]);
    expect([done.code, done.out], done.err).toEqual([0, `${out}\n${pdf}\n`]);
    expect(readFileSync(pdf, 'latin1')).toBe('%PDF-1.4');
    expect(args(browser).at(-1)).toMatch(/^file:\/\/.*airlock-report-.*\/report\.html$/);
    const app = program(at('airlock-app'));
    await airlock([...report, '--app', app], { env: { DISPLAY: ':0' } });
    expect(args(app)[0]).toMatch(/^--print-report=.*airlock-report-[^/]*$/);
  });
});
