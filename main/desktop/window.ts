import { BrowserWindow, type Session } from 'electron';
import { ownOrigin } from './own-address';

interface WindowOptions {
  readonly session: Session;
  /** The bundled preload script, absolute. */
  readonly preload: string;
  readonly packaged: boolean;
}

/** How long a new window is left to show itself before the old one goes. */
const SETTLE_MS = 150;

/** The app's one window: a sandboxed page that reaches nothing but the preload script's bridge. */
export class AppWindow {
  private window: BrowserWindow;

  constructor(private readonly options: WindowOptions) {
    this.window = open(options);
  }

  /** The window on the screen now, or null where the person has closed it. */
  get current(): BrowserWindow | null {
    return this.window.isDestroyed() ? null : this.window;
  }

  /**
   * Puts a new window, in a process of its own, in the old one's place: as soon as the new one shows
   * something. Not sooner: a window that goes while the click which ended it is still on its way takes
   * Electron 22 with it.
   */
  renew(): void {
    const old = this.current;
    if (old === null) return;
    const fresh = open(this.options, old.getBounds());
    if (old.isFullScreen()) fresh.setFullScreen(true);
    this.window = fresh;
    const end = (): void => {
      if (!old.isDestroyed()) old.destroy();
    };
    fresh.webContents.once('did-finish-load', () => setTimeout(end, SETTLE_MS));
    fresh.webContents.once('did-fail-load', end);
  }
}

function open({ session, preload, packaged }: WindowOptions, bounds?: Electron.Rectangle): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Airlock',
    width: 1280,
    height: 860,
    ...bounds,
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
      // `document.execCommand('paste')` would read the clipboard past the permission handler. The Electron of
      // the tests doesn't know this yet: there a page's own script could still paste.
      enableDeprecatedPaste: false,
      devTools: !packaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${ownOrigin}/index.html`);
  return window;
}
