import type { SweepProgress } from '../../online/sweep/sweep-progress';
import { counted } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/** How often a person is told how far a sweep is. A short one tells nothing. */
const EVERY_MS = 5000;

/** Says every few seconds how far a sweep is, a line each. */
export function sweepProgress(terminal: Terminal): (progress: SweepProgress) => void {
  let told = terminal.now().getTime();
  return ({ asked, listed, listedAll, roots }) => {
    const now = terminal.now().getTime();
    if (now - told < EVERY_MS) return;
    told = now;
    const of = listedAll ? listed : `${listed} or more`;
    terminal.say(`${asked} of ${of} tokens looked at: ${counted(roots.length, 'root token')}.\n`);
  };
}
