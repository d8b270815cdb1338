import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntranceView } from '../../shared/ipc/entrance';

/** The window's page with its first screen in it, as the build writes them beside the page without. */
export const firstScreenFiles = { firstStart: 'first-start.html', unlock: 'unlock.html' } as const;

/** Stands in the written page for the name of the person whose station it is. No name can hold it. */
export const nameHere = '\u{F0000}name\u{F0001}';

/**
 * The page of a window with its first screen drawn, so that it is on the screen before the page's script was
 * read and run. `folder`: where the page lies. UTF-8. Throws what the system throws where it can't be read.
 */
export function firstScreen(folder: string, { name }: EntranceView): Buffer {
  if (name === null) return readFileSync(join(folder, firstScreenFiles.firstStart));
  const page = readFileSync(join(folder, firstScreenFiles.unlock), 'utf8');
  return Buffer.from(page.replaceAll(nameHere, () => escaped(name)));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');
