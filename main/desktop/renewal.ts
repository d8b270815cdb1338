import { type Channel, callChannels } from '../../shared/ipc/channels';
import type { Handlers } from './ipc-gateway';

/**
 * The same handlers, which call `renew` once a secret has been in the window's memory and is needed no more.
 * The window's process then has to end, since JavaScript strings can't be overwritten. Which channels show a
 * secret and which end it stands in the channel map. `renew` (`AppWindow.renew`, main/desktop/window.ts) runs
 * after the answer has gone out.
 */
export function renewAfterSecrets(handlers: Handlers, renew: () => void): Handlers {
  let shown = false;
  const entries = Object.entries(handlers).map(([channel, handler]) => [
    channel,
    async (args: never) => {
      const { secret } = callChannels[channel as Channel];
      if (secret === 'shows') shown = true;
      const result: unknown = await handler(args);
      if (shown && secret === 'ends') {
        shown = false;
        setImmediate(renew);
      }
      return result;
    },
  ]);
  return Object.fromEntries(entries) as Handlers;
}
