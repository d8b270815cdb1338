// Runs a benchmark of windows, with the tests' Electron and a display: `node run.mjs COMMAND ARGUMENT...`.
import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { findElectron } from '../../desktop/electron/fetch-electron.mjs';
import { provideDisplay } from '../../system/display.mjs';

const root = resolve(import.meta.dirname, '../../..');
const [command = '', ...args] = process.argv.slice(2);
const electron = await findElectron({ log: console.error });
const display = await provideDisplay();
const child = spawn(command, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${resolve(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
    DISPLAY: display.display,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
  },
});
child.on('close', (code) => {
  display.close();
  process.exitCode = code ?? 1;
});
