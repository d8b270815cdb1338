import { useEffect, useRef, useState } from 'react';

export interface Parts {
  readonly partCount: number;
  readonly parts: readonly string[];
}

/** Texts `from` … `from + count - 1` of the message on its way out, or the sentence that says why not. */
export type LoadParts = (
  from: number,
  count: number,
  density: number | null,
) => Promise<Parts | { readonly problem: string }>;

export interface Shown {
  readonly text: string | null;
  readonly partCount: number;
  /** Number of the part on screen, from 0; from `partCount` on they are extra (fountain) parts. */
  readonly number: number;
  readonly problem: string | null;
}

const batch = 32;
const nothing: Shown = { text: null, partCount: 1, number: 0, problem: null };

/**
 * The text to draw now: one for ever where the message fits a single code, else the next one at each beat,
 * unless it is paused.
 */
export function useMovingParts(
  load: LoadParts,
  id: string,
  speed: number,
  density: number | null,
  paused: boolean,
): Shown {
  const [shown, setShown] = useState<Shown>(nothing);
  const still = useRef(paused);
  const loader = useRef(load);
  const beat = useRef(1000 / speed);
  useEffect(() => {
    loader.current = load;
    beat.current = 1000 / speed;
    still.current = paused;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another message starts from its first part
  useEffect(() => {
    let stopped = false;
    let timer: number | undefined;
    let ahead: string[] = [];
    let number = -1;
    let loaded = 0;
    let partCount = 1;

    const next = (): void => {
      timer = window.setTimeout(() => void (still.current ? next() : show()), beat.current);
    };
    const show = async (): Promise<void> => {
      if (ahead.length === 0) {
        const more = await loader.current(loaded, batch, density);
        if (stopped) return;
        if ('problem' in more) return setShown({ ...nothing, problem: more.problem });
        partCount = more.partCount;
        loaded += more.parts.length;
        ahead = [...more.parts];
      }
      const text = ahead.shift();
      if (text === undefined) return;
      number += 1;
      setShown({ text, partCount, number, problem: null });
      if (partCount > 1) next();
    };
    void show();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [id, density]);
  return shown;
}
