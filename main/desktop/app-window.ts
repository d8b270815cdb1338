import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { ChannelMap, HandlersOf } from '../../shared/ipc/channel-map';
import { overwriteFreedMemorySoon } from './freed-memory';
import { openGateway } from './ipc-gateway';
import { setMenu } from './menu';
import { serveOwnScheme } from './own-scheme';
import { isOwnSender } from './own-sender';
import { renewAfterSecrets } from './renewal';
import { ownSession } from './sessions';
import { AppWindow } from './window';

/**
 * Opens the app's window, and the one way from there to the main process. The same for both apps. To be
 * called once Electron is ready. `folder`: where the bundles lie; `handlersOf`: what each channel of `map`
 * does.
 */
export function openAppWindow<M extends ChannelMap>(
  { folder, packaged, map }: { readonly folder: string; readonly packaged: boolean; readonly map: M },
  handlersOf: (window: AppWindow) => HandlersOf<M>,
): void {
  setMenu(packaged);
  const session = ownSession();
  serveOwnScheme(session, join(folder, 'renderer'));
  const window = new AppWindow({ session, preload: join(folder, 'preload.cjs'), packaged });
  openGateway(
    ipcMain,
    (event) => isOwnSender(event, window.current),
    map,
    renewAfterSecrets(map, handlersOf(window), () => window.renew(), overwriteFreedMemorySoon),
  );
  app.on('second-instance', () => window.current?.focus());
}
