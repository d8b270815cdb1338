import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc/bridge';
import type { ChannelMap } from '../shared/ipc/channel-map';
import type { CommonChannels } from '../shared/ipc/common-channels';

// Types only: a map's zod schemas would make the bridge a hundred times as big. The gateway in the main
// process knows the names: all calls go by one channel of Electron's.
const push: keyof CommonChannels = 'state.changed';
const entranceChannel: keyof CommonChannels = 'entrance.get';

/** Puts the bridge of the app whose channels `M` are into its window. */
export function exposeBridge<M extends ChannelMap>(): void {
  // Asked before the page is there: what its first screen is should not wait for the page's script.
  const entrance = ipcRenderer.invoke('airlock', entranceChannel, {});
  const bridge: Bridge<M> = {
    call: (channel, args) =>
      channel === entranceChannel ? entrance : ipcRenderer.invoke('airlock', channel, args),
    onPush(changed) {
      const listener = (): void => changed();
      ipcRenderer.on(push, listener);
      return () => {
        ipcRenderer.removeListener(push, listener);
      };
    },
  };
  contextBridge.exposeInMainWorld('airlock', bridge);
}
