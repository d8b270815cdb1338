import type { BrowserWindow } from 'electron';
import { wipe } from '../../shared/bytes';
import { withCardText } from '../../shared/share/card-pdf';
import type { Paper, ShareCard } from '../offline/custodian/share-card';
import { StationError } from '../station/station-error';
import { cardPage, cardStyle } from './card-page';
import { isPrinting, onPaper } from './paper-window';

/**
 * Prints share cards. The page lives in a hidden window of its own, without scripts, preload or disk, for as
 * long as one card takes; then its process ends with it. What the system's print queue keeps is beyond our
 * reach.
 */
export class CardPrinter implements Paper {
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
    if (isPrinting())
      throw new StationError('not-printed', 'A share card is being printed. Finish that one first.');
    const page = Buffer.from(cardPage(card));
    const pages = new Map([
      ['/card.html', page],
      ['/card.css', Buffer.from(cardStyle)],
    ]);
    try {
      return await onPaper('Share card', pages, work);
    } catch (error) {
      throw error instanceof StationError ? error : notPrinted('');
    } finally {
      page.fill(0);
    }
  }
}

/** Electron's reasons are for programmers: only that of a missing printer says something to a person. */
const notPrinted = (reason: string): StationError =>
  new StationError(
    'not-printed',
    /printer/i.test(reason)
      ? 'No card was printed: this laptop has no printer set up. Connect one by cable, or write the groups down by hand.'
      : 'No card was printed. Check the printer and try again, or write the groups down by hand.',
  );
