// `npm run bench:crossing`: how long each message of a ceremony takes from one window to another, by camera,
// against the time that its frames need. The windows are those of both built apps.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findElectron } from '../../desktop/electron/fetch-electron.mjs';
import { provideDisplay } from '../../system/display.mjs';

const root = resolve(import.meta.dirname, '../../..');
const electron = await findElectron({ log: console.error });
const display = await provideDisplay();
const config = join(import.meta.dirname, 'playwright.config.ts');
const child = spawn(join(root, 'node_modules/.bin/playwright'), ['test', '--config', config], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, DISPLAY: display.display, ELECTRON_OVERRIDE_DIST_PATH: electron.dist },
});
child.on('close', (code) => {
  display.close();
  process.exitCode = code ?? 1;
});
