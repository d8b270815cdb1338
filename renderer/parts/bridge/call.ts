import { useCallback, useRef, useState } from 'react';
import type { AnswerOf, ArgsOf, CallName, ChannelMap } from '../../../shared/ipc/channel-map';
import type { AskingCode, CommonChannel, CommonChannels } from '../../../shared/ipc/common-channels';
import { callApp } from './bridge';
import { refresh } from './mirrored-state';

export interface Call<M extends ChannelMap, C extends CallName<M>> {
  readonly run: (args: ArgsOf<M, C>) => Promise<AnswerOf<M, C>>;
  readonly busy: boolean;
  /** The sentence of the last error; null once it was tried again. */
  readonly problem: string | null;
}

/**
 * A call to the main process with what a screen shows of it. A second one waits for no one: it is dropped.
 */
export function useCallApp<M extends ChannelMap, C extends CallName<M>>(channel: C): Call<M, C> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<Promise<AnswerOf<M, C>> | null>(null);

  const run = useCallback(
    async (args: ArgsOf<M, C>): Promise<AnswerOf<M, C>> => {
      if (running.current !== null) return running.current;
      setBusy(true);
      setProblem(null);
      running.current = callApp<M, C>(channel, args);
      const answer = await running.current;
      running.current = null;
      if (!answer.ok) setProblem(answer.error.message);
      setBusy(false);
      await refresh();
      return answer;
    },
    [channel],
  );
  return { run, busy, problem };
}

/** The same for channels that both apps have. */
export const useCall = <C extends CommonChannel>(channel: C): Call<CommonChannels, C> =>
  useCallApp<CommonChannels, C>(channel);

/** Whether the answer is a refusal after which the screen asks one thing more: the one of that code. */
export const asksMore = (
  answer: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } },
  code: AskingCode,
): boolean => !answer.ok && answer.error.code === code;
