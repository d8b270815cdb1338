import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { isOwnAddress } from './own-address';

/** Whether a call comes from the main frame of the app's own window, on a page of the app's own. */
export function isOwnSender(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  if (!window || window.isDestroyed() || event.sender !== window.webContents) return false;
  const frame = event.senderFrame;
  // Frames are compared by their ids: Electron may hand out several objects for one frame.
  const main = window.webContents.mainFrame;
  if (!frame || frame.processId !== main.processId || frame.routingId !== main.routingId) return false;
  return isOwnAddress(frame.url);
}
