import { readFileSync } from 'node:fs';
import type { EntranceView } from '../../shared/ipc/entrance';
import type { Home } from './home';
import { reasonOf } from './store-error';

/**
 * Whose home it is, for the first moment of a window. Without schemas and keys, which take longer to read
 * than a window takes to open: what it says is on the screen until the whole identity was read and checked.
 * Null where it can't be told so simply.
 */
export function readEntrance(home: Home): EntranceView | null {
  try {
    const file: unknown = JSON.parse(readFileSync(home.identity(), 'utf8'));
    if (typeof file !== 'object' || file === null || !('name' in file)) return null;
    return typeof file.name === 'string' && file.name !== '' ? { name: file.name } : null;
  } catch (error) {
    return reasonOf(error) === 'ENOENT' ? { name: null } : null;
  }
}
