import { useEffect, useRef, useState } from 'react';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import { useCall } from '../call';

/** Pause in typing after which the draft is kept, milliseconds. */
const pause = 400;

export interface Draft {
  readonly draft: PlanDraft;
  readonly change: (change: Partial<PlanDraft>) => void;
  /** Keeps what was typed now, without waiting for a pause. */
  readonly keep: () => void;
  readonly problem: string | null;
}

/**
 * The plan while it is typed: kept by the main process at each pause, so that closing the app loses nothing.
 */
export function useDraft(initial: PlanDraft): Draft {
  const [draft, setDraft] = useState(initial);
  const { run, problem } = useCall('officer.draft');
  const unkept = useRef<PlanDraft | null>(null);
  const timer = useRef<number | undefined>(undefined);

  const keep = () => {
    window.clearTimeout(timer.current);
    const waiting = unkept.current;
    unkept.current = null;
    if (waiting !== null) void run({ draft: waiting });
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);

  return {
    draft,
    problem,
    keep,
    change: (change) => {
      const next = { ...draft, ...change };
      setDraft(next);
      unkept.current = next;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(keep, pause);
    },
  };
}
