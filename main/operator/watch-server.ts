import type { OperatorDesk } from './operator-desk';

const EVERY_MS = 4000;

/**
 * Asks the server every few seconds how the attempt is, for as long as the program runs: others give shares
 * elsewhere, and anyone who reaches the server can cancel it.
 */
export function watchServer(desk: Pick<OperatorDesk, 'ask' | 'connection'>): void {
  let asking = false;
  setInterval(() => {
    if (asking || !desk.connection.isOpen) return;
    asking = true;
    void desk.ask().finally(() => {
      asking = false;
    });
  }, EVERY_MS);
}
