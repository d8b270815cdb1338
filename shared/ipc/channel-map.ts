import type { z } from 'zod';

/** One channel from a window to the main process. */
export interface CallChannel {
  readonly args: z.ZodType;
  readonly result: z.ZodType;
  /**
   * What the call does to the window's memory, where no program can overwrite a string. 'shows': a secret may
   * lie there from then on, because the window showed it. 'passes': the call took a secret that was typed,
   * and once it has succeeded no screen needs that one; a refused one may stay in its field, to be corrected.
   * 'ends': no screen needs a secret any more. The window's process is replaced after 'passes', and after
   * 'ends' where a secret was there (main/desktop/renewal.ts).
   */
  readonly secret?: 'shows' | 'passes' | 'ends';
}

/** One channel from the main process to its window. It says that something happened, and nothing more. */
interface PushChannel {
  readonly push: true;
}

/** All channels between a window and the main process of one app. */
export type ChannelMap = Readonly<Record<string, CallChannel | PushChannel>>;

/** Names of the channels to the main process. */
export type CallName<M extends ChannelMap> = {
  [C in keyof M]: M[C] extends CallChannel ? C : never;
}[keyof M] &
  string;

export type ArgsOf<M extends ChannelMap, C extends CallName<M>> = M[C] extends CallChannel
  ? z.infer<M[C]['args']>
  : never;

export type ResultOf<M extends ChannelMap, C extends CallName<M>> = M[C] extends CallChannel
  ? z.infer<M[C]['result']>
  : never;

/** Every answer through the bridge: a value, or an error with the sentence to show. */
export type AnswerOf<M extends ChannelMap, C extends CallName<M>> =
  | { readonly ok: true; readonly value: ResultOf<M, C> }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** One function per channel to the main process; it gets parsed arguments. */
export type HandlersOf<M extends ChannelMap> = {
  readonly [C in CallName<M>]: (args: ArgsOf<M, C>) => Promise<ResultOf<M, C>>;
};

/** Every channel to the main process, by its name. */
export const callChannelsOf = (map: ChannelMap): Readonly<Record<string, CallChannel>> =>
  Object.fromEntries(
    Object.entries(map).flatMap(([name, channel]) => ('push' in channel ? [] : [[name, channel] as const])),
  );

/** What answers a channel, of whichever channel: arguments in, what becomes of them out. */
export type AnyHandler = (args: never) => Promise<unknown>;

/** The same handlers, each by way of what `around` makes of it. */
export const wrapHandlers = <H extends Readonly<Record<keyof H, AnyHandler>>>(
  handlers: H,
  around: (handler: AnyHandler, channel: string) => AnyHandler,
): H =>
  Object.fromEntries(
    Object.entries<AnyHandler>(handlers).map(([channel, handler]) => [channel, around(handler, channel)]),
  ) as H;
