import { wipe } from '../../shared/bytes';
import { type ChannelMap, callChannelsOf, type HandlersOf, wrapHandlers } from '../../shared/ipc/channel-map';

/**
 * The same handlers, which call `renew` once a secret has been in the window's memory and is needed no more.
 * The window's process then has to end, since JavaScript strings can't be overwritten. Which channels take or
 * show a secret, and which end it, stands in the channel map. `renew` (`AppWindow.renew`,
 * main/desktop/window.ts) runs after the answer has gone out. What was typed is overwritten here, in the main
 * process, as soon as its call is done, also where it was refused. `scrubber` hears of each call that had to
 * do with a secret: in the next turn of the event loop, and when it is done.
 */
export function renewAfterSecrets<M extends ChannelMap>(
  map: M,
  handlers: HandlersOf<M>,
  renew: () => void,
  scrubber: Scrubber | null = null,
): HandlersOf<M> {
  const channels = callChannelsOf(map);
  let shown = false;
  // Bytes of the longest message with a secret since the window was opened.
  let longest = 0;
  const scrubWay = (): void => (longest > 0 ? scrubber?.justFreed(longest) : undefined);
  const wentBy = (message: unknown): void => {
    longest = Math.max(longest, lengthOf(message));
    setImmediate(scrubWay);
  };
  return wrapHandlers(handlers, (handler, channel) => async (args) => {
    const secret = channels[channel]?.secret;
    // A refused secret may stay in its field: from then on the window holds one, as if it had been shown.
    if (secret === 'shows' || secret === 'passes') shown = true;
    if (secret === 'passes') wentBy(args);
    try {
      const result = await handler(args);
      if (secret === 'shows') wentBy(result);
      if (secret === 'passes' || (shown && secret === 'ends')) {
        shown = false;
        setImmediate(() => {
          scrubWay();
          renew();
          longest = 0;
        });
      }
      return result;
    } finally {
      if (secret === 'passes') wipe(...bytesIn(args));
      if (secret !== undefined) scrubber?.soon();
    }
  });
}

/** Memory that was freed, to be overwritten (main/desktop/freed-memory.ts). */
export interface Scrubber {
  /** A message of so many bytes that came or went in the turn of the event loop before. */
  justFreed(length: number): void;
  /** All that a secret may have left behind. */
  soon(): void;
}

/** Of what a message holds, in bytes: the texts and the bytes in it. */
function lengthOf(message: unknown): number {
  if (typeof message === 'string' || message instanceof Uint8Array) return message.length;
  if (typeof message !== 'object' || message === null) return 0;
  return Object.values(message).reduce<number>((sum, value) => sum + lengthOf(value), 0);
}

const bytesIn = (args: object): Uint8Array[] =>
  Object.values(args).filter((value: unknown) => value instanceof Uint8Array);
