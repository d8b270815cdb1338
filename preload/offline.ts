import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc/bridge';
import type { Push } from '../shared/ipc/channels';

// Types only: the map's zod schemas would make this bridge a hundred times as big. The gateway in the main
// process knows the names; the prefix keeps callers off Electron's own channels.
const push: Push = 'state.changed';

const bridge: Bridge = {
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
