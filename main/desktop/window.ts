import { BrowserWindow, type Session } from 'electron';
import { ownOrigin } from './own-scheme';

interface WindowOptions {
  readonly session: Session;
  /** The bundled preload script, absolute. */
  readonly preload: string;
  readonly packaged: boolean;
}

/** Opens the app's window: a sandboxed page that reaches nothing but the preload script's bridge. */
export function openWindow({ session, preload, packaged }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Airlock',
    width: 1280,
    height: 860,
    minWidth: 900,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !packaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${ownOrigin}/index.html`);
  return window;
}
