import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { makeAppFolder } from '../../package/folder/app.mjs';
import { layElectron } from '../../package/folder/electron.mjs';
import { offlineApp } from '../../package/programs.mjs';
import { appFolder, displaySwitches, expect, isRoot, ownEnvironment, test, theElectron } from './launch';

let work = '';
const unpacked = (): string => join(work, 'airlock');
const program = (): string => join(unpacked(), 'airlock.bin');

test.beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'airlock-package-'));
  const { version } = await theElectron();
  const electron = join(work, 'electron');
  await layElectron(electron, version, () => {});
  makeAppFolder(offlineApp, {
    checkout: appFolder,
    electron,
    electronVersion: version,
    commit: '0'.repeat(40),
    work,
    into: unpacked(),
  });
});
test.afterAll(() => rmSync(work, { recursive: true, force: true }));

test('the package is one program and one archive, and what starts the program', () => {
  expect(existsSync(join(unpacked(), 'airlock'))).toBe(true);
  expect(existsSync(program())).toBe(true);
  expect(existsSync(join(unpacked(), 'resources/app.asar'))).toBe(true);
  expect(existsSync(join(unpacked(), 'resources/app'))).toBe(false);
});

test('the packaged program’s fuses leave no Node to whoever starts it', async () => {
  const wire = await getCurrentFuseWire(program());
  const fuses = {
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
  };
  const { DISABLE, ENABLE } = FuseState;
  expect(fuses).toEqual({ runAsNode: DISABLE, nodeOptions: DISABLE, inspect: DISABLE, onlyAsar: ENABLE });
});

test('the packaged program does not become Node by its environment', () => {
  const env = { ...ownEnvironment(), ELECTRON_RUN_AS_NODE: '1' };
  const args = [
    '-p',
    '"I am Node"',
    '--remote-debugging-port=0',
    ...displaySwitches,
    `--home=${join(work, 'home')}`,
  ];
  const { stdout, stderr, status } = spawnSync(program(), [...args, ...(isRoot ? ['--no-sandbox'] : [])], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stdout).not.toContain('I am Node');
  // It is the app, which ends by itself here.
  expect(stderr).toContain('Airlock does not start with --remote-debugging-port');
  expect(status).toBe(1);
});
