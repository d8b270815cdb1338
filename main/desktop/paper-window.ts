import { BrowserWindow, type Session } from 'electron';
import { ownOrigin } from './own-address';
import { serveOwnPages } from './own-scheme';
import { paperSession } from './sessions';

/** Pages that were made in memory, by path ("/card.html"). */
export type PaperPages = ReadonlyMap<string, Buffer>;

let session: Session | null = null;
const shown = new Map<string, Buffer>();

/** Whether a page is being printed: there is one at a time. */
export const isPrinting = (): boolean => shown.size > 0;

/**
 * Does something with pages in a hidden window of their own, without scripts, preload or disk, for as long as
 * it takes; then the window's process ends with it. The first of `pages` is shown. Throws what the work
 * throws.
 */
export async function onPaper<T>(
  title: string,
  pages: PaperPages,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  const [first] = pages.keys();
  for (const [path, body] of pages) shown.set(path, body);
  const window = hiddenWindow(title, ownSession());
  try {
    await window.loadURL(`${ownOrigin}${first ?? '/'}`);
    return await work(window);
  } finally {
    if (!window.isDestroyed()) window.destroy();
    shown.clear();
  }
}

function ownSession(): Session {
  if (session === null) {
    session = paperSession();
    serveOwnPages(session, shown);
  }
  return session;
}

const hiddenWindow = (title: string, of: Session): BrowserWindow =>
  new BrowserWindow({
    title,
    show: false,
    webPreferences: {
      session: of,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    },
  });
