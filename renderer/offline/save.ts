import { useState } from 'react';
import type { Answer, Args, AskingCode } from '../../shared/ipc/channels';
import { asksMore, useCall } from './call';

type SaveChannel = 'outgoing.save' | 'officer.public-key.save' | 'ceremony.archive' | 'custody.card.pdf';

export interface Save<C extends SaveChannel> {
  readonly run: (args: Args<C>) => void;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Whether the last answer was the refusal of that code, after which the screen asks one thing more. */
  readonly asksMore: (code: AskingCode) => boolean;
  /** "Saved as …"; null before, or when the person cancelled. */
  readonly saved: string | null;
}

/** A call that asks for a place on disk and puts something there. */
export function useSave<C extends SaveChannel>(channel: C): Save<C> {
  const { run, busy, problem } = useCall(channel);
  const [saved, setSaved] = useState<string | null>(null);
  const [last, setLast] = useState<Answer<C> | null>(null);
  return {
    busy,
    problem,
    saved,
    asksMore: (code) => last !== null && asksMore(last, code),
    run: (args) => {
      setSaved(null);
      void run(args).then((answer) => {
        setLast(answer);
        if (answer.ok && answer.value !== null) setSaved(`Saved as ${answer.value}`);
      });
    },
  };
}
