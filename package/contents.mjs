// Where the files of a package go in a system.
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { appManual } from './manual.mjs';
import { systemFile } from './system-file.mjs';

/**
 * One entry of a package.
 * @typedef {{ at: string, mode: number } & ({ source: string } | { link: string })} Content
 *   `at`: its absolute path in the system; `source`: the file whose bytes it gets; `link`: what it points to
 */

/** @typedef {import('./programs.mjs').App} App */
/** @typedef {import('./programs.mjs').Program} Program */
/** @typedef {import('./release.mjs').Release} Release */

const icons = join(import.meta.dirname, 'icon');
const sizes = [48, 128, 256, 512];

/**
 * An app's folder below /opt, and what makes the system know it: its command, menu entry, icon and manual
 * page.
 * @param {App} app
 * @param {{ folder: string, release: Release, work: string }} from
 * @returns {Content[]}
 */
export function appContents(app, { folder, release, work }) {
  const { name, command } = app;
  const lay = layer(join(work, `${name}-system`));
  const home = `/opt/${name}`;
  const licences = licenceText(folder, [
    `Electron and Chromium: ${home}/LICENSE.electron.txt and ${home}/LICENSES.chromium.html`,
  ]);
  return [
    ...filesIn(folder).map((path) => ({ at: `${home}/${path}`, ...modeIn(folder, path) })),
    { at: `/usr/bin/${command}`, link: `${home}/${name}`, mode: 0o777 },
    file(`/usr/share/applications/${name}.desktop`, lay('desktop', systemFile(`${name}.desktop`, name))),
    file(`/usr/share/mime/packages/${name}.xml`, lay('mime', systemFile('mime.xml', name))),
    file(`/usr/share/icons/hicolor/scalable/apps/${name}.svg`, join(icons, `${name}.svg`)),
    ...sizes.map((size) =>
      file(`/usr/share/icons/hicolor/${size}x${size}/apps/${name}.png`, join(icons, `${name}-${size}.png`)),
    ),
    file(
      `/usr/share/man/man1/${command}.1.gz`,
      lay('manual', gzipSync(appManual(app, release), { level: 9 })),
    ),
    file(`/usr/share/doc/${name}/copyright`, lay('copyright', licences)),
  ];
}

/**
 * The command line's folder below /opt, its command, manual page and completions.
 * @param {Program} program
 * @param {{
 *   folder: string, work: string,
 *   texts: { manual: string, bash: string, zsh: string, fish: string },
 * }} from
 * @returns {Content[]}
 */
export function commandContents({ name, command }, { folder, work, texts }) {
  const lay = layer(join(work, `${name}-system`));
  const node = `Node, which lies beside it: /opt/${name}/LICENSE.node.txt`;
  return [
    ...filesIn(folder).map((path) => ({ at: `/opt/${name}/${path}`, ...modeIn(folder, path) })),
    { at: `/usr/bin/${command}`, link: `/opt/${name}/airlock`, mode: 0o777 },
    file(`/usr/share/man/man1/${command}.1.gz`, lay('manual', gzipSync(texts.manual, { level: 9 }))),
    file(`/usr/share/bash-completion/completions/${command}`, lay('bash', texts.bash)),
    file(`/usr/share/zsh/vendor-completions/_${command}`, lay('zsh', texts.zsh)),
    file(`/usr/share/fish/vendor_completions.d/${command}.fish`, lay('fish', texts.fish)),
    file(`/usr/share/doc/${name}/copyright`, lay('copyright', licenceText(folder, [node]))),
  ];
}

/**
 * @param {string} at
 * @param {string} source
 * @returns {Content}
 */
const file = (at, source, mode = 0o644) => ({ at, source, mode });

/**
 * Chromium's helper gives the sandbox where the system forbids user namespaces: it has to be root's, and run
 * as root.
 * @param {string} folder
 * @param {string} path
 */
function modeIn(folder, path) {
  const source = join(folder, path);
  const isProgram = (lstatSync(source).mode & 0o100) !== 0;
  const ordinary = isProgram ? 0o755 : 0o644;
  return { source, mode: basename(path) === 'chrome-sandbox' ? 0o4755 : ordinary };
}

/**
 * Paths of all files below a folder, in an order of their own that no system changes.
 * @param {string} folder
 * @returns {string[]}
 */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort((a, b) => (a < b ? -1 : 1));

/** @param {string} folder */
function layer(folder) {
  mkdirSync(folder, { recursive: true });
  /** @param {string} name @param {string | Uint8Array} bytes */
  return (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
}

/**
 * @param {string} folder
 * @param {readonly string[]} elsewhere where more licences lie
 */
function licenceText(folder, elsewhere) {
  const own = readFileSync(join(folder, 'LICENSE.txt'), 'utf8');
  const others = readFileSync(join(folder, 'LICENSES.third-party.txt'), 'utf8');
  const lines = ['Airlock, by the Airlock developers, under the Apache License 2.0, below.', ...elsewhere];
  return `${lines.join('\n')}\n\n${own}\n${others}`;
}
