import type { Channel, Channels } from '../../shared/ipc/online/channels';
import { type Call, useCallApp } from '../parts/bridge/call';

/** A call to the online station's main process, with what a screen shows of it. */
export const useCall = <C extends Channel>(channel: C): Call<Channels, C> => useCallApp<Channels, C>(channel);
