import { wipe } from '../../shared/bytes';
import { type ChannelMap, callChannelsOf, type HandlersOf, wrapHandlers } from '../../shared/ipc/channel-map';

/**
 * The same handlers, which call `renew` once a secret has been in the window's memory and is needed no more.
 * The window's process then has to end, since JavaScript strings can't be overwritten. Which channels take or
 * show a secret, and which end it, stands in the channel map. `renew` (`AppWindow.renew`,
 * main/desktop/window.ts) runs after the answer has gone out. What was typed is overwritten here, in the main
 * process, as soon as its call is done, also where it was refused. `scrub` is called after each call that had
 * to do with a secret (`overwriteFreedMemorySoon`, main/desktop/freed-memory.ts).
 */
export function renewAfterSecrets<M extends ChannelMap>(
  map: M,
  handlers: HandlersOf<M>,
  renew: () => void,
  scrub: () => void = () => undefined,
): HandlersOf<M> {
  const channels = callChannelsOf(map);
  let shown = false;
  return wrapHandlers(handlers, (handler, channel) => async (args) => {
    const secret = channels[channel]?.secret;
    // A refused secret may stay in its field: from then on the window holds one, as if it had been shown.
    if (secret === 'shows' || secret === 'passes') shown = true;
    try {
      const result = await handler(args);
      if (secret === 'passes' || (shown && secret === 'ends')) {
        shown = false;
        setImmediate(renew);
      }
      return result;
    } finally {
      if (secret === 'passes') wipe(...bytesIn(args));
      if (secret !== undefined) scrub();
    }
  });
}

const bytesIn = (args: object): Uint8Array[] =>
  Object.values(args).filter((value: unknown) => value instanceof Uint8Array);
