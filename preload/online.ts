import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc/bridge';
import type { PushName } from '../shared/ipc/channel-map';
import type { Channels } from '../shared/ipc/online/channels';

// Types only: the map's zod schemas would make this bridge a hundred times as big. The gateway in the main
// process knows the names; the prefix keeps callers off Electron's own channels.
const push: PushName<Channels> = 'state.changed';

const bridge: Bridge<Channels> = {
  call: (channel, args) => ipcRenderer.invoke(`airlock:${channel}`, args),
  onPush(changed) {
    const listener = (): void => changed();
    ipcRenderer.on(push, listener);
    return () => {
      ipcRenderer.removeListener(push, listener);
    };
  },
};

contextBridge.exposeInMainWorld('airlock', bridge);
