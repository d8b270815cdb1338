import type { Answer, Args, Channel, Channels } from '../../shared/ipc/offline/channels';
import { callApp } from '../parts/bridge/bridge';
import { type Call, useCallApp } from '../parts/bridge/call';

/** Calls the air-gapped app's main process. It never rejects. */
export const call = <C extends Channel>(channel: C, args: Args<C>): Promise<Answer<C>> =>
  callApp<Channels, C>(channel, args);

/** A call to it, with what a screen shows of it. */
export const useCall = <C extends Channel>(channel: C): Call<Channels, C> => useCallApp<Channels, C>(channel);
