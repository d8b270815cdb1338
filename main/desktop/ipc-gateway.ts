import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import { AirlockError } from '../../shared/airlock-error';
import {
  type AnyHandler,
  type CallChannel,
  type ChannelMap,
  callChannelsOf,
  type HandlersOf,
} from '../../shared/ipc/channel-map';
import type { CommonChannels } from '../../shared/ipc/common-channels';
import type { EntranceView } from '../../shared/ipc/entrance';

/** Whether a call comes from where calls may come from: see `isOwnSender`. */
export type SenderCheck = (event: IpcMainInvokeEvent) => boolean;

/** What answers the calls of a window: the channels there are, and what each does. */
export interface Answers {
  readonly channels: Readonly<Record<string, CallChannel>>;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
}

/** The channels of a map, and what each does. */
export const answersOf = <M extends ChannelMap>(map: M, handlers: HandlersOf<M>): Answers => ({
  channels: callChannelsOf(map),
  handlers,
});

/** What lies behind the gateway. */
interface Behind {
  /** Whose station it is, as long as nothing else is known. */
  readonly entrance: () => EntranceView | null;
  /** The rest of the program. It is read at the first call that needs it, which waits for it. */
  readonly answers: () => Promise<Answers>;
}

const entranceChannel: keyof CommonChannels = 'entrance.get';

/**
 * Opens the only way from a window into the main process, for every channel of the map. A call from any other
 * sender, or with arguments that do not parse, is refused before a handler sees it. Errors of the domain come
 * back with their code and sentence; of any other error the window learns nothing, since its text might hold
 * a secret. Never rejects.
 */
export function openGateway(
  ipc: Pick<IpcMain, 'handle'>,
  mayCall: SenderCheck,
  { entrance, answers }: Behind,
): void {
  let read: Promise<Answers> | null = null;
  ipc.handle('airlock', (event, channel: unknown, args: unknown) => {
    if (!mayCall(event)) return refusal('sender-refused', 'This page may not call Airlock.');
    if (read === null && channel === entranceChannel) return { ok: true, value: entrance() };
    read ??= answers();
    return answer(read, channel, args);
  });
}

/** Tells the window that something happened; nothing where the person has closed it. */
export function push(window: Pick<BrowserWindow, 'webContents'> | null): void {
  const changed: keyof CommonChannels = 'state.changed';
  window?.webContents.send(changed);
}

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

async function answer(read: Promise<Answers>, name: unknown, input: unknown): Promise<Answer> {
  try {
    const { channels, handlers } = await read;
    const channel = typeof name === 'string' && Object.hasOwn(channels, name) ? channels[name] : undefined;
    const handler = channel === undefined ? undefined : handlers[name as string];
    const args = channel?.args.safeParse(input);
    if (channel === undefined || handler === undefined || args?.success !== true)
      return refusal('bad-arguments', 'Airlock did not understand what the window asked for.');
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
