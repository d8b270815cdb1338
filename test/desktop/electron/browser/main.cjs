// A plain window of Electron's Chromium, for pages that people open in a browser of their own.
const { app, BrowserWindow } = require('electron');

// A window that doesn't open fails the test that waits for it.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  return window.loadURL('about:blank');
});
