import { join } from 'node:path';
import { run } from './command.mjs';

/**
 * Has electron-builder make a package of its own kind, with the Electron and the tools that it downloads.
 * @param {'AppImage' | 'dmg' | 'nsis'} target
 * @param {import('./programs.mjs').App} app
 * @param {{ checkout: string, commit: string, out: string }} places
 */
export function makeForeign(target, app, { checkout, commit, out }) {
  const system = { AppImage: '--linux', dmg: '--mac', nsis: '--win' }[target];
  run(
    join(checkout, 'node_modules/.bin/electron-builder'),
    [
      ...[system, target, '--config', app.config],
      `-c.extraMetadata.commit=${commit}`,
      `-c.directories.output=${out}`,
    ],
    { cwd: checkout },
  );
}
