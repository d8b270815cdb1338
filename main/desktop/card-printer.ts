import { BrowserWindow, type Session } from 'electron';
import { wipe } from '../../shared/bytes';
import { withCardText } from '../../shared/share/card-pdf';
import type { Paper, ShareCard } from '../offline/custodian/share-card';
import { StationError } from '../station/station-error';
import { cardPage, cardStyle } from './card-page';
import { ownOrigin } from './own-address';
import { serveOwnPages } from './own-scheme';
import { paperSession } from './sessions';

/**
 * Prints share cards. The page lives in a hidden window of its own, without scripts, preload or disk, for as
 * long as one card takes; then its process ends with it. What the system's print queue keeps is beyond our
 * reach.
 */
export class CardPrinter implements Paper {
  private session: Session | null = null;
  private readonly pages = new Map<string, Buffer>();

  print(card: ShareCard): Promise<'printed' | 'cancelled'> {
    return this.onPage(
      card,
      (window) =>
        new Promise((resolve, reject) => {
          window.webContents.print({ silent: false, printBackground: true }, (success, reason) => {
            if (success) resolve('printed');
            else if (/cancel/i.test(reason)) resolve('cancelled');
            else reject(notPrinted(reason));
          });
        }),
    );
  }

  async pdf(card: ShareCard): Promise<Uint8Array> {
    const drawn = await this.onPage(card, (window) =>
      window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }),
    );
    try {
      return withCardText(drawn, card.qrText);
    } finally {
      wipe(drawn);
    }
  }

  private async onPage<T>(card: ShareCard, work: (window: BrowserWindow) => Promise<T>): Promise<T> {
    if (this.pages.size > 0)
      throw new StationError('not-printed', 'A share card is being printed. Finish that one first.');
    const page = Buffer.from(cardPage(card));
    this.pages.set('/card.html', page).set('/card.css', Buffer.from(cardStyle));
    const window = hiddenWindow(this.ownSession());
    try {
      await window.loadURL(`${ownOrigin}/card.html`);
      return await work(window);
    } catch (error) {
      throw error instanceof StationError ? error : notPrinted('');
    } finally {
      if (!window.isDestroyed()) window.destroy();
      page.fill(0);
      this.pages.clear();
    }
  }

  private ownSession(): Session {
    if (this.session === null) {
      this.session = paperSession();
      serveOwnPages(this.session, this.pages);
    }
    return this.session;
  }
}

const hiddenWindow = (session: Session): BrowserWindow =>
  new BrowserWindow({
    title: 'Share card',
    show: false,
    webPreferences: {
      session,
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

/** Electron's reasons are for programmers: only that of a missing printer says something to a person. */
const notPrinted = (reason: string): StationError =>
  new StationError(
    'not-printed',
    /printer/i.test(reason)
      ? 'No card was printed: this laptop has no printer set up. Connect one by cable, or write the groups down by hand.'
      : 'No card was printed. Check the printer and try again, or write the groups down by hand.',
  );
