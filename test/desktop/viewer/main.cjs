// A window for pages that lie on the disk, as a browser has one: for tests of pages that are no part of the
// app, and for printing them.
const { app, BrowserWindow } = require('electron');

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 900,
    useContentSize: true,
    enableLargerThanScreen: true,
    show: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  void window.loadURL('about:blank');
});
