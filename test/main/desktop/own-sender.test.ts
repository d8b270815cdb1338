import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { isOwnSender } from '../../../main/desktop/own-sender';

const mainFrame = { processId: 4, routingId: 1 };
const webContents = { mainFrame };
const window = { webContents, isDestroyed: () => false } as unknown as BrowserWindow;
const url = 'airlock://app/index.html';
const event = (sender: unknown, senderFrame: unknown): IpcMainInvokeEvent =>
  ({ sender, senderFrame }) as unknown as IpcMainInvokeEvent;

test('the main frame of the own window may call, on a page of the app', () => {
  expect(isOwnSender(event(webContents, { ...mainFrame, url }), window)).toBe(true);
});

test.each([
  ['another window', event({ mainFrame }, { ...mainFrame, url })],
  ['a frame inside the page', event(webContents, { processId: 4, routingId: 2, url })],
  ['a frame of another process', event(webContents, { processId: 5, routingId: 1, url })],
  ['another page', event(webContents, { ...mainFrame, url: 'https://app/index.html' })],
  [
    'a page whose address only begins like ours',
    event(webContents, { ...mainFrame, url: 'airlock://app.example/' }),
  ],
  ['a frame that is gone', event(webContents, null)],
])('%s may not call', (_who, call) => {
  expect(isOwnSender(call, window)).toBe(false);
});

test('nobody may call when there is no window, or it is closed', () => {
  const call = event(webContents, { ...mainFrame, url });
  expect(isOwnSender(call, null)).toBe(false);
  expect(isOwnSender(call, { webContents, isDestroyed: () => true } as unknown as BrowserWindow)).toBe(false);
});
