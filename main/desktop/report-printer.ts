import type { ReportPaper, ReportSheet } from '../station/places';
import { StationError } from '../station/station-error';
import { isPrinting, onPaper, type PaperPages } from './paper-window';

/** Prints a ceremony's report into a PDF, in a hidden window that has no scripts, no pictures and no disk. */
export const reportPaper: ReportPaper = {
  pdf: (report) => printedReport(report, new Map()),
};

/**
 * Prints a report into a PDF, in a hidden window that has no scripts and no disk. `pictures`: what it may
 * show, by path ("/qr/attempt.png"). Throws `StationError` 'not-printed'.
 */
export async function printedReport({ page, style }: ReportSheet, pictures: PaperPages): Promise<Uint8Array> {
  if (isPrinting())
    throw new StationError('not-printed', 'Something else is being printed. Finish that one first.');
  const pages = new Map([
    ['/report.html', Buffer.from(page)],
    ['/report.css', Buffer.from(style)],
    ...pictures,
  ]);
  try {
    return await onPaper('Report', pages, (window) =>
      window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }),
    );
  } catch {
    throw new StationError(
      'not-printed',
      'The report could not be printed into a file. Try again, or draw it from the archive on another machine.',
    );
  }
}
