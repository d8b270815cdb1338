import { BrowserWindow, type Session, screen } from 'electron';
import { pageAddress } from './own-address';
import { fitting, least, type WindowPlace } from './window-place';

interface WindowOptions {
  readonly session: Session;
  /** The bundled preload script, absolute. */
  readonly preload: string;
  readonly packaged: boolean;
  /** Where the last window stood; null where none is known. */
  place(): WindowPlace | null;
  /** Called as soon as the window stands still somewhere else. */
  keepPlace(place: WindowPlace): void;
  /** Called with each window once it is made, before it is shown. */
  made(window: BrowserWindow): void;
}

/** How long a new window is left to show itself before the old one goes. */
const SETTLE_MS = 150;
/** How long a window has to stand still before its place is kept. */
const STILL_MS = 400;

/** The app's one window: a sandboxed page that reaches nothing but the preload script's bridge. */
export class AppWindow {
  private window: BrowserWindow;

  constructor(private readonly options: WindowOptions) {
    const place = options.place();
    this.window = open(options, placeOnScreen(place));
    if (place?.maximized) this.window.maximize();
  }

  /** The window on the screen now, or null where the person has closed it. */
  get current(): BrowserWindow | null {
    return this.window.isDestroyed() ? null : this.window;
  }

  /**
   * Puts a new window, in a process of its own, in the old one's place: as soon as the new one shows
   * something. Not sooner: a window that goes while the click which ended it is still on its way takes
   * Electron 22 with it. 'quietly': nobody asked for it, so a window that was in the background or minimized
   * stays there.
   */
  renew(how: 'quietly' | 'for a person' = 'for a person'): void {
    const old = this.current;
    if (old === null) return;
    const quietly = how === 'quietly' && (!old.isFocused() || old.isMinimized());
    const fresh = open(this.options, old.getNormalBounds(), quietly);
    if (old.isMaximized()) fresh.maximize();
    if (quietly && old.isMinimized()) fresh.minimize();
    if (old.isFullScreen()) fresh.setFullScreen(true);
    this.window = fresh;
    const end = (): void => {
      if (!old.isDestroyed()) old.destroy();
    };
    fresh.webContents.once('did-finish-load', () => setTimeout(end, SETTLE_MS));
    fresh.webContents.once('did-fail-load', end);
  }
}

function open(
  { session, preload, packaged, made, keepPlace }: WindowOptions,
  bounds: Electron.Rectangle,
  quietly = false,
): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Airlock',
    ...bounds,
    minWidth: Math.min(least.width, bounds.width),
    minHeight: Math.min(least.height, bounds.height),
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
  window.once('ready-to-show', () => {
    if (!quietly) window.show();
    else if (!window.isMinimized()) window.showInactive();
  });
  made(window);
  noteMoves(window, keepPlace);
  void window.loadURL(pageAddress);
  return window;
}

const placeOnScreen = (place: WindowPlace | null): Electron.Rectangle => {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return fitting(
    place?.bounds ?? null,
    [main, ...others].map(({ workArea }) => workArea),
  );
};

/** Keeps where the window stands, once it stands still. On the full screen it is elsewhere for a while. */
function noteMoves(window: BrowserWindow, keepPlace: WindowOptions['keepPlace']): void {
  let still: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(still);
    if (window.isDestroyed() || window.isFullScreen() || window.isMinimized()) return;
    keepPlace({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const moved = (): void => {
    clearTimeout(still);
    still = setTimeout(keep, STILL_MS);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const)
    window.on(event as 'resize', moved);
  window.on('close', keep);
}
