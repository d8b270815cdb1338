// The Electron that goes into the packages.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../test/desktop/electron/fetch-electron.mjs';
import { run } from '../command.mjs';

/**
 * Lays an Electron's own files, and nothing else, into `folder`. It is the declared one, or that of
 * ELECTRON_OVERRIDE_DIST_PATH; where neither can be had, an older one, which `isDeclared` tells of.
 * @param {string} folder
 * @param {string} declared the version that package.json asks for
 * @param {(line: string) => void} log
 * @returns {Promise<{
 *   version: string, chromium: string, node: string, origin: string, isDeclared: boolean,
 * }>}
 */
export async function layElectron(folder, declared, log) {
  const { dist, version, origin } = await findElectron({ log });
  cpSync(dist, folder, { recursive: true, preserveTimestamps: true });
  // What makes one of another application's package start a checkout is no part of an Electron.
  rmSync(join(folder, 'resources/app'), { recursive: true, force: true });
  rmSync(join(folder, 'resources/default_app.asar'), { force: true });
  const { chrome, node } = versionsOf(join(folder, 'electron'));
  return { version, chromium: chrome, node, origin, isDeclared: version === declared };
}

/**
 * What is in an Electron, as it says itself.
 * @param {string} program
 * @returns {{ chrome: string, node: string }}
 */
function versionsOf(program) {
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  return JSON.parse(run(program, ['-p', 'JSON.stringify(process.versions)'], { env }));
}
