import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { offlineApp, onlineApp } from '../../package/programs.mjs';
import { checklist, checklistRows, filesIn } from './checklist';
import { displaySwitches, expect, isRoot, ownEnvironment, test } from './launch';
import { makePackaged, type Packaged, runPackaged, startPackaged } from './packaged';

for (const app of [offlineApp, onlineApp]) {
  test.describe(`${app.name}, packaged`, () => {
    let packaged: Packaged;
    test.beforeAll(async () => {
      packaged = await makePackaged(app);
    });
    test.afterAll(() => packaged.remove());

    test('is one program and one archive, and what starts the program', () => {
      const { folder, program } = packaged;
      expect(existsSync(join(folder, app.name))).toBe(true);
      expect(existsSync(program)).toBe(true);
      expect(existsSync(join(folder, 'resources/app.asar'))).toBe(true);
      expect(existsSync(join(folder, 'resources/app'))).toBe(false);
    });

    test('does not become Node by its environment', () => {
      const env = { ...ownEnvironment(), ELECTRON_RUN_AS_NODE: '1' };
      const home = join(packaged.folder, '../home');
      const args = ['-p', '"I am Node"', '--remote-debugging-port=0', ...displaySwitches, `--home=${home}`];
      const { stdout, stderr, status } = spawnSync(
        packaged.program,
        [...args, ...(isRoot ? ['--no-sandbox'] : [])],
        { env, encoding: 'utf8', timeout: 30_000 },
      );
      expect(stdout).not.toContain('I am Node');
      // It is the app, which ends by itself here.
      expect(stderr).toContain('Airlock does not start with --remote-debugging-port');
      expect(status).toBe(1);
    });

    if (app === offlineApp)
      test('prints a report without a home and without a window, and is as locked down there', () => {
        const transcript = join(packaged.folder, '../transcript');
        cpSync('test/vectors/archive-0.1.0', transcript, { recursive: true });
        execFileSync('chmod', ['-R', 'a+rX', transcript]);
        const print = (file: string, ...more: string[]) =>
          runPackaged(packaged, (home) => [
            `--print-report=${transcript}`,
            `--into=${home}/${file}`,
            ...more,
          ]);
        const watched = print('watched.pdf', '--remote-debugging-port=0');
        expect(watched.stderr).toContain('Airlock does not start with --remote-debugging-port');
        expect(watched.status).toBe(1);
        const open = print('open.pdf', '--disable-seccomp-filter-sandbox');
        expect(open.stderr).toContain('Airlock does not start with --no-sandbox');
        const { status, stderr, home } = print('report.pdf');
        expect(status, stderr).toBe(0);
        expect(readFileSync(join(home, 'report.pdf'), 'latin1').slice(0, 5)).toBe('%PDF-');
        // Neither a home for somebody nor anything else, but for the cache of the desktop’s settings.
        const left = filesIn(home).filter((file) => file !== 'cookie' && !file.startsWith('.cache'));
        expect(left).toEqual(['report.pdf']);
      });

    test('keeps each of the 20 recommendations of Electron’s checklist, as it runs', async () => {
      const running = await startPackaged(packaged);
      try {
        expect(await running.ask((electron) => electron.app.isPackaged)).toBe(true);
        for (const [index, { name, wrong }] of checklist.entries()) {
          await test.step(name, async () => {
            expect.soft(await wrong(running, packaged), `${index + 1}. ${name}`).toEqual([]);
          });
        }
        await running.page(() => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(['x']));
          link.download = 'downloaded.txt';
          link.click();
        });
        if (app === offlineApp) await expectNetworkOfItsOwn(running);
        expect(filesIn(join(packaged.folder, '../person')).filter((file) => /downloaded/.test(file))).toEqual(
          [],
        );
      } finally {
        await running.close();
      }
    });
  });
}

/** Where the system lets an ordinary user have one, the start script gives it to the app, which tells so. */
async function expectNetworkOfItsOwn(running: Awaited<ReturnType<typeof startPackaged>>): Promise<void> {
  const possible = spawnSync('unshare', ['--user', '--map-current-user', '--net', 'true']).status === 0;
  const layers = await running.page(async () => {
    const { call } = (
      window as unknown as { airlock: { call(channel: string, args: object): Promise<{ value: unknown }> } }
    ).airlock;
    await call('offline.check', {});
    return (
      (await call('state.get', {})).value as {
        offline: { layers: { layer: string; state: string; found: string[] }[] };
      }
    ).offline.layers;
  });
  const states = Object.fromEntries(layers.map(({ layer, state }) => [layer, state]));
  expect(states).toMatchObject({ code: 'holds', browser: 'holds', namespace: possible ? 'holds' : 'open' });
}

test('the page about the checklist says what is checked', () => {
  expect(checklist).toHaveLength(20);
  const page = readFileSync('docs/electron-checklist.md', 'utf8');
  expect(page.split('\n').filter((line) => /^\| \d/.test(line))).toEqual(checklistRows());
});
