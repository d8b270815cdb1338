import { useEffect, useState } from 'react';
import type { PageProblem } from '../../shared/archive/page';

/** What the archive answered; the answer before it stays until there is another. */
export interface Answer<T> {
  readonly value: T | null;
  /** A sentence; null where all is well. */
  readonly problem: string | null;
  readonly waiting: boolean;
}

const STOPPED =
  'The archive doesn’t answer: the program that serves this page may have been ended. Start it again, and open its new address.';

/** Asks the archive for `path`, relative to the page, whenever that changes. Null: for nothing. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { readonly path: string | null }>({
    path: null,
    value: null,
    problem: null,
    waiting: true,
  });
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    ask<T>(path, stop.signal).then(
      (value) => setAnswer({ path, value, problem: null, waiting: false }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setAnswer({
          path,
          value: null,
          problem: error instanceof Told ? error.message : STOPPED,
          waiting: false,
        });
      },
    );
    return () => stop.abort();
  }, [path]);
  return { ...answer, waiting: answer.path !== path };
}

/** What the archive itself said. */
class Told extends Error {}

async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal });
  if (response.headers.get('Content-Type')?.startsWith('application/json') !== true)
    throw new Told('The archive has no such answer.');
  const value = (await response.json()) as unknown;
  if (!response.ok) throw new Told((value as PageProblem).message);
  return value as T;
}
