import { useState } from 'react';
import type { Args } from '../../shared/ipc/channels';
import { useCall } from './call';

type SaveChannel = 'outgoing.save' | 'officer.public-key.save' | 'ceremony.archive' | 'custody.card.pdf';

export interface Save<C extends SaveChannel> {
  readonly run: (args: Args<C>) => void;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Code of the last error; null without one. */
  readonly code: string | null;
  /** "Saved as …"; null before, or when the person cancelled. */
  readonly saved: string | null;
}

/** A call that asks for a place on disk and puts something there. */
export function useSave<C extends SaveChannel>(channel: C): Save<C> {
  const { run, busy, problem } = useCall(channel);
  const [saved, setSaved] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  return {
    busy,
    problem,
    saved,
    code,
    run: (args) => {
      setSaved(null);
      void run(args).then((answer) => {
        setCode(answer.ok ? null : answer.error.code);
        if (answer.ok && answer.value !== null) setSaved(`Saved as ${answer.value}`);
      });
    },
  };
}
