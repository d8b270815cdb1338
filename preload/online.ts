import type { Channels } from '../shared/ipc/online/channels';
import { exposeBridge } from './expose-bridge';

exposeBridge<Channels>();
