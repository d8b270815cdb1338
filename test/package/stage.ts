import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { packedNode } from '../../package/folder/command-line.mjs';

/** What a checkout holds that a build makes anew, or that no build reads. */
const made = new Set(['.git', 'dist', 'node_modules', 'release', 'rehearsal']);

/**
 * Copies this checkout into `folder`, with packages of its own: a build that told its place would tell
 * another one.
 */
export function copyCheckout(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync('.').filter((one) => !made.has(one) && !one.startsWith('rehearsal-')))
    if (name !== 'test') cpSync(name, join(folder, name), { recursive: true });
  cpSync('test', join(folder, 'test'), { recursive: true, filter: (path) => path !== join('test', 'out') });
  const into = join(folder, 'node_modules');
  mkdirSync(into);
  // What Vite keeps there comes and goes while other tests run.
  const packages = readdirSync('node_modules').filter((name) => !name.startsWith('.vite'));
  const paths = packages.map((name) => join('node_modules', name));
  try {
    execFileSync('cp', ['-al', ...paths, into], { stdio: 'ignore' });
  } catch {
    // Hard links lead to no other file system.
    execFileSync('cp', ['-a', ...paths, into]);
  }
}

/** Where a fuse wire begins in a program (@electron/fuses): version, length, and fuses that are on. */
const wire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000811111111';

/**
 * A folder that is an Electron to whoever packs one, and small: its program only tells a version. What is
 * packed around it is all real.
 */
export function makeSmallElectron(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const versions = JSON.stringify({ electron: '45.0.0', chrome: '150.0.0.0', node: '26.0.0' });
  const files = {
    'LICENSE.electron.txt': 'The licence of Electron.\n',
    'LICENSES.chromium.html': '<p>The licences of Chromium.</p>\n',
    version: 'v45.0.0',
    'locales/en-US.pak': 'words',
    'icudtl.dat': 'letters',
    'chrome-sandbox': '#!/bin/sh\n',
    electron: `#!/bin/sh\n[ "$2" = process.versions.electron ] && echo 45.0.0 || echo '${versions}'\nexit\n${wire}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, 'latin1');
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755);
}

/**
 * A cache of what packages are made with and of, in which the Node is small, too: it is packed as it is, and
 * never run. `nfpm`: the path of a real one.
 */
export function makeSmallCache(folder: string, nfpm: string): void {
  const bin = join(folder, 'airlock', `node-${packedNode}`, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'node'), 'Node.js');
  chmodSync(join(bin, 'node'), 0o755);
  writeFileSync(join(bin, '../LICENSE'), 'The licence of Node.\n');
  symlinkSync(dirname(nfpm), join(folder, 'airlock', basename(dirname(nfpm))));
}

/** A module that sets the clock of a Node back by so many days, where it is imported first. */
export function makeOtherDay(file: string, days: number): void {
  const lag = days * 24 * 60 * 60 * 1000;
  writeFileSync(
    file,
    `const Today = Date;
     const now = () => Today.now() - ${lag};
     globalThis.Date = class Date extends Today {
       constructor(...args) { super(...(args.length === 0 ? [now()] : args)); }
       static now() { return now(); }
     };`,
  );
}
