import { useState } from 'react';
import type { AskingCode } from '../../../shared/ipc/common-channels';
import { asksMore } from './call';

type Saved =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** A call whose answer is a path, or null where the person cancelled. */
interface SaveCall<A> {
  readonly run: (args: A) => Promise<Saved>;
  readonly busy: boolean;
  readonly problem: string | null;
}

export interface Save<A> {
  readonly run: (args: A) => void;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Whether the last answer was the refusal of that code, after which the screen asks one thing more. */
  readonly asksMore: (code: AskingCode) => boolean;
  /** "Saved as …"; null before, or when the person cancelled. */
  readonly saved: string | null;
}

/** A call that asks for a place on disk and puts something there. */
export function useSave<A>({ run, busy, problem }: SaveCall<A>): Save<A> {
  const [saved, setSaved] = useState<string | null>(null);
  const [last, setLast] = useState<Saved | null>(null);
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
