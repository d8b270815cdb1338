import { useCallback, useRef, useState } from 'react';
import type { Answer, Args, AskingCode, Channel } from '../../shared/ipc/channels';
import { call } from '../bridge';
import { refresh } from './app-store';

export interface Call<C extends Channel> {
  readonly run: (args: Args<C>) => Promise<Answer<C>>;
  readonly busy: boolean;
  /** The sentence of the last error; null once it was tried again. */
  readonly problem: string | null;
}

/**
 * A call to the main process with what a screen shows of it. A second one waits for no one: it is dropped.
 */
export function useCall<C extends Channel>(channel: C): Call<C> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<Promise<Answer<C>> | null>(null);

  const run = useCallback(
    async (args: Args<C>): Promise<Answer<C>> => {
      if (running.current !== null) return running.current;
      setBusy(true);
      setProblem(null);
      running.current = call(channel, args);
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

/** Whether the answer is a refusal after which the screen asks one thing more: the one of that code. */
export const asksMore = (answer: Answer<Channel>, code: AskingCode): boolean =>
  !answer.ok && answer.error.code === code;
