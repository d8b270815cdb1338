import { join, normalize, sep } from 'node:path';

/**
 * The app's pages have a scheme of their own instead of `file://`, whose pages may read any file on the
 * laptop.
 */
export const ownScheme = 'airlock';

/** Where every screen lives. Nothing else is loaded, and nothing else may call the main process. */
export const ownOrigin = `${ownScheme}://app`;

/** The window's page: all screens are drawn on it. */
export const pageAddress = `${ownOrigin}/index.html`;

/**
 * Whether an address belongs to the app itself. Node's `URL` gives own schemes no origin, hence the
 * comparison.
 */
export function isOwnAddress(url: string): boolean {
  return url.startsWith(`${ownOrigin}/`);
}

/** The file that an address means, or null where it means none inside `folder`. */
export function pathInside(folder: string, url: string): string | null {
  if (!isOwnAddress(url)) return null;
  try {
    const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}
