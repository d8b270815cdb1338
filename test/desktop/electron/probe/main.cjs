// Goes before a packaged app's own main file, and answers what a test asks of the running app. A packaged app
// refuses every debugger: this is the only thing that differs from what is released. Questions are functions
// as text, one a connection, at the socket that `--probe=PATH` names.
const { readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { join } = require('node:path');
const electron = require('electron');

const path = electron.app.commandLine.getSwitchValue('probe');
const server = createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (/** @type {string} */ chunk) => {
    text += chunk;
  });
  socket.on('end', async () => {
    try {
      const ask = new Function(`return (${text})`)();
      socket.end(JSON.stringify({ value: (await ask(electron, require)) ?? null }));
    } catch (error) {
      socket.end(JSON.stringify({ error: String(error) }));
    }
  });
});
server.listen(path);
electron.app.on('will-quit', () => server.close());

const { airlockMain } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8'));
require(join(__dirname, airlockMain));
