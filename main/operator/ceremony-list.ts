import { existsSync, statSync } from 'node:fs';
import { fromHex } from '../../shared/bytes';
import type { CeremonySummary } from '../../shared/ipc/online/app-state';
import { ceremonyWords } from '../../shared/words';
import { loadAttempt } from '../online/attempt/state';
import type { Home } from '../store/home';

/** Every ceremony of this station. One that can't be read is told of, and keeps nobody from the others. */
export const listCeremonies = (home: Home): CeremonySummary[] =>
  home.listCeremonies().map((id) => summary(home, id));

function summary(home: Home, id: string): CeremonySummary {
  const paths = home.ceremony(id);
  const common = { id, words: ceremonyWords(fromHex(id)), signedOff: existsSync(paths.checkpoint) };
  try {
    const state = loadAttempt(home, id);
    if (state !== null) {
      const { title, step, rehearsal, updatedAt } = state;
      return { ...common, title, step, rehearsal, updatedAt };
    }
  } catch {
    // Told of below: opening it says why.
  }
  const updatedAt = statSync(paths.dir).mtime.toISOString();
  return { ...common, title: '', step: 'unreadable', rehearsal: false, updatedAt };
}
