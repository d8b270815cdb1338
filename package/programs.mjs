// The three programs, each a package of its own, and what the system is told of them.

/**
 * @typedef {object} Program
 * @property {string} name of the package, and of its folder below /opt
 * @property {'app' | 'command line'} kind
 * @property {string} command what is typed to start it
 * @property {string} summary one line
 * @property {string} description a few lines
 */

/** @typedef {Program & { kind: 'app', side: 'offline' | 'online', config: string }} App */

/** @type {App} */
export const offlineApp = {
  name: 'airlock',
  kind: 'app',
  side: 'offline',
  config: 'electron-builder.yml',
  command: 'airlock-app',
  summary: 'Root-token ceremonies for Vault and OpenBao: the air-gapped app',
  description:
    'For the officer, the custodians and witnesses of a ceremony that makes a root token. It never opens a ' +
    'network connection: codes on screens and cameras carry everything.',
};

/** @type {App} */
export const onlineApp = {
  name: 'airlock-online',
  kind: 'app',
  side: 'online',
  config: 'electron-builder.online.yml',
  command: 'airlock-online',
  summary: 'Root-token ceremonies for Vault and OpenBao: the online station',
  description:
    'For the operator of a ceremony that makes a root token. It connects to the one server that it is ' +
    'given, and to nothing else.',
};

/** @type {Program} */
export const commandLine = {
  name: 'airlock-cli',
  kind: 'command line',
  command: 'airlock',
  summary: 'Root-token ceremonies for Vault and OpenBao: the command line',
  description:
    'All of Airlock that needs no window: single steps, whole ceremonies, rehearsals, and the check of a ' +
    'transcript. It brings the Node that it runs on.',
};

/** @type {readonly App[]} */
export const apps = [offlineApp, onlineApp];

/** What Node is linked to, as below. @type {readonly (readonly [soname: string, ...packages: string[]])[]} */
export const nodeLibraries = [
  ['libc.so.6', 'libc6'],
  ['libgcc_s.so.1', 'libgcc-s1'],
  ['libstdc++.so.6', 'libstdc++6'],
];

/**
 * What Electron is linked to, by soname, and the Debian package that has it (where there are two, the first
 * is that of Debian 13 and Ubuntu 24.04). One library it loads only once it runs, and ends without a word
 * where that is missing: libX11-xcb, which a desktop usually has and a fresh Debian hasn't.
 * @type {readonly (readonly [soname: string, ...packages: string[]])[]}
 */
export const electronLibraries = [
  ['libX11.so.6', 'libx11-6'],
  ['libX11-xcb.so.1', 'libx11-xcb1'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXext.so.6', 'libxext6'],
  ['libXfixes.so.3', 'libxfixes3'],
  ['libXrandr.so.2', 'libxrandr2'],
  ['libasound.so.2', 'libasound2t64', 'libasound2'],
  ['libatk-1.0.so.0', 'libatk1.0-0t64', 'libatk1.0-0'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0t64', 'libatspi2.0-0'],
  ['libc.so.6', 'libc6'],
  ['libcairo.so.2', 'libcairo2'],
  ['libcups.so.2', 'libcups2t64', 'libcups2'],
  ['libdbus-1.so.3', 'libdbus-1-3'],
  ['libdrm.so.2', 'libdrm2'],
  ['libexpat.so.1', 'libexpat1'],
  ['libgbm.so.1', 'libgbm1'],
  ['libgcc_s.so.1', 'libgcc-s1'],
  ['libgio-2.0.so.0', 'libglib2.0-0t64', 'libglib2.0-0'],
  ['libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'],
  ['libnspr4.so', 'libnspr4'],
  ['libnss3.so', 'libnss3'],
  ['libpango-1.0.so.0', 'libpango-1.0-0'],
  ['libxcb.so.1', 'libxcb1'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
];
