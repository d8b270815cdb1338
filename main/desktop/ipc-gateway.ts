import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import { AirlockError } from '../../shared/airlock-error';
import {
  type CallChannel,
  type ChannelMap,
  callChannelsOf,
  type HandlersOf,
} from '../../shared/ipc/channel-map';
import type { commonChannels } from '../../shared/ipc/common-channels';

/** Whether a call comes from where calls may come from: see `isOwnSender`. */
export type SenderCheck = (event: IpcMainInvokeEvent) => boolean;

/**
 * Opens the only way from a window into the main process, for every channel of the map. A call from any other
 * sender, or with arguments that do not parse, is refused before a handler sees it. Errors of the domain come
 * back with their code and sentence; of any other error the window learns nothing, since its text might hold
 * a secret. Never rejects.
 */
export function openGateway<M extends ChannelMap>(
  ipc: Pick<IpcMain, 'handle'>,
  mayCall: SenderCheck,
  map: M,
  handlers: HandlersOf<M>,
): void {
  const byName: Readonly<Record<string, (args: never) => unknown>> = handlers;
  for (const [name, channel] of Object.entries(callChannelsOf(map))) {
    const handler = byName[name];
    if (handler === undefined) continue;
    ipc.handle(`airlock:${name}`, (event, args: unknown) => answer(channel, mayCall(event), args, handler));
  }
}

/** Tells the window that something happened; nothing where the person has closed it. */
export function push(window: Pick<BrowserWindow, 'webContents'> | null): void {
  const changed: keyof typeof commonChannels = 'state.changed';
  window?.webContents.send(changed);
}

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

async function answer(
  channel: CallChannel,
  mayCall: boolean,
  input: unknown,
  handler: (args: never) => unknown,
): Promise<Answer> {
  if (!mayCall) return refusal('sender-refused', 'This page may not call Airlock.');
  const args = channel.args.safeParse(input);
  if (!args.success) return refusal('bad-arguments', 'Airlock did not understand what the window asked for.');
  try {
    return { ok: true, value: channel.result.parse(await handler(args.data as never)) };
  } catch (error) {
    if (error instanceof AirlockError) return refusal(error.code, error.message);
    return refusal(
      'internal',
      'Something went wrong inside Airlock, and this step was not done. Try again; if it stays, note it as an exception.',
    );
  }
}

const refusal = (code: string, message: string): Answer => ({ ok: false, error: { code, message } });
