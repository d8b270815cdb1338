import type { Channels } from '../shared/ipc/offline/channels';
import { exposeBridge } from './expose-bridge';

exposeBridge<Channels>();
