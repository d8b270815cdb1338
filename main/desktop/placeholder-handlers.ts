import { AirlockError } from '../../shared/airlock-error';
import type { AppState } from '../../shared/ipc/app-state';
import { channels } from '../../shared/ipc/channels';
import type { Handlers } from './ipc-gateway';

class P extends AirlockError<'not-built'> {}
export function placeholderHandlers(o: {
  electron: string;
  version: string;
  offline: () => AppState['offline'];
}): Handlers {
  const all: Record<string, unknown> = {};
  for (const name of Object.keys(channels))
    all[name] = () => {
      throw new P('not-built', 'This is not there yet.');
    };
  all['state.get'] = (): AppState => ({
    version: o.version,
    electron: o.electron,
    stationLabel: '',
    offline: o.offline(),
    identity: null,
    people: [],
    pendingPerson: null,
    ceremonies: [],
    ceremony: null,
    toSign: null,
    reading: null,
  });
  return all as unknown as Handlers;
}
