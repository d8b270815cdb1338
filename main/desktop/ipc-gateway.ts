import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron';
import { AirlockError } from '../../shared/airlock-error';
import {
  type Answer,
  type Args,
  type Channel,
  callChannels,
  type Push,
  type Result,
} from '../../shared/ipc/channels';

/** One function per channel of the map; it gets parsed arguments, and its result is parsed on the way out. */
export type Handlers = { readonly [C in Channel]: (args: Args<C>) => Result<C> | Promise<Result<C>> };

/** Whether a call comes from where calls may come from: see `isOwnSender`. */
export type SenderCheck = (event: IpcMainInvokeEvent) => boolean;

/**
 * Opens the only way from a window into the main process. A call from any other sender, or with arguments
 * that do not parse, is refused before a handler sees it. Errors of the domain come back with their code and
 * sentence; of any other error the window learns nothing, since its text might hold a secret. Never rejects.
 */
export function openGateway(ipc: Pick<IpcMain, 'handle'>, mayCall: SenderCheck, handlers: Handlers): void {
  for (const channel of Object.keys(callChannels) as Channel[]) {
    ipc.handle(`airlock:${channel}`, (event, args: unknown) =>
      answer(channel, mayCall(event), args, handlers[channel]),
    );
  }
}

/** Tells the window that something happened; nothing where the person has closed it. */
export function push(window: Pick<BrowserWindow, 'webContents'> | null, channel: Push): void {
  window?.webContents.send(channel);
}

async function answer<C extends Channel>(
  channel: C,
  mayCall: boolean,
  input: unknown,
  handler: (args: never) => unknown,
): Promise<Answer<C>> {
  if (!mayCall) return refusal('sender-refused', 'This page may not call Airlock.');
  const args = callChannels[channel].args.safeParse(input);
  if (!args.success) return refusal('bad-arguments', 'Airlock did not understand what the window asked for.');
  try {
    const value = callChannels[channel].result.parse(await handler(args.data as never));
    return { ok: true, value: value as Result<C> };
  } catch (error) {
    if (error instanceof AirlockError) return refusal(error.code, error.message);
    return refusal(
      'internal',
      'Something went wrong inside Airlock, and this step was not done. Try again; if it stays, note it as an exception.',
    );
  }
}

const refusal = (code: string, message: string): { ok: false; error: { code: string; message: string } } => ({
  ok: false,
  error: { code, message },
});
