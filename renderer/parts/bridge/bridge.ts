import type { AnswerOf, ArgsOf, CallName, ChannelMap } from '../../../shared/ipc/channel-map';
import type { CommonAnswer, CommonArgs, CommonChannel } from '../../../shared/ipc/common-channels';

declare global {
  interface Window {
    /**
     * What the preload puts into the window: the only way out of it. Which channels it has, each app says for
     * itself (`Bridge` in shared/ipc/bridge.ts).
     */
    readonly airlock: {
      call(channel: string, args: unknown): Promise<unknown>;
      onPush(changed: () => void): () => void;
    };
  }
}

const noAnswer = {
  ok: false,
  error: {
    code: 'no-answer',
    message:
      'The app did not answer. What was done before is kept on disk. Close this window and open Airlock again.',
  },
} as const;

/**
 * Calls the main process of the app whose channels `M` are. It never rejects: where no answer came, that is
 * the error.
 */
export async function callApp<M extends ChannelMap, C extends CallName<M>>(
  channel: C,
  args: ArgsOf<M, C>,
): Promise<AnswerOf<M, C>> {
  try {
    return (await window.airlock.call(channel, args)) as AnswerOf<M, C>;
  } catch {
    return noAnswer;
  }
}

/** The same for channels that both apps have. */
export const call = <C extends CommonChannel>(channel: C, args: CommonArgs<C>): Promise<CommonAnswer<C>> =>
  callApp<typeof import('../../../shared/ipc/common-channels').commonChannels, C>(channel, args);
