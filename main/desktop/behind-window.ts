import type { ChannelMap, HandlersOf } from '../../shared/ipc/channel-map';
import { IdleLock } from '../station/idle-lock';
import type { Station } from '../station/station';
import type { OpenWindow } from './app-window';
import { freedMemory } from './freed-memory';
import { type Answers, answersOf } from './ipc-gateway';
import { renewAfterSecrets } from './renewal';

/**
 * Puts a station behind the app's open window: it is asked before the window closes, locks itself when nobody
 * uses it, and the window is renewed after a secret was in it. The same for both apps. `handlers`: what each
 * channel of `map` does.
 */
export function behindWindow<M extends ChannelMap>(
  { window, closing }: OpenWindow,
  station: Station,
  map: M,
  handlers: HandlersOf<M>,
): Answers {
  closing.askOf(() => station.stakes());
  const idleLock = new IdleLock(station, (minutes) => {
    // What was typed and not sent off lies in the window's memory: it goes, too.
    void station.exclusively(() => station.lock(minutes)).then(() => window.renew('quietly'));
  });
  idleLock.start();
  const renewing = renewAfterSecrets(map, handlers, () => window.renew(), freedMemory);
  return answersOf(map, idleLock.whileRunning(renewing));
}
