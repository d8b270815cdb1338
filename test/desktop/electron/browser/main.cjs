// A plain window of Electron's Chromium, for pages that people open in a browser of their own.
const { app, BrowserWindow, session } = require('electron');

// A window that doesn't open fails the test that waits for it.
void app.whenReady().then(() => {
  // It would fetch its dictionaries from their maker, and what goes out is counted.
  session.defaultSession.setSpellCheckerEnabled(false);
  session.defaultSession.setSpellCheckerLanguages([]);
  const window = new BrowserWindow({
    width: 1280,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  });
  return window.loadURL('about:blank');
});
