import type { Taken } from '../code-in/intake';

/**
 * A code stays in view for many frames. Its text is handed on once, and again after this many milliseconds.
 */
const again = 1_500;
/** Texts remembered; a fast moving code shows fewer in that time. */
const most = 64;
/** Texts on their way to the main process at once. More are let go: the other side shows them again. */
const mostWaiting = 8;

export interface CodeFeed {
  /** The text of a code in a frame, at a time in milliseconds. */
  offer(text: string, at: number): void;
}

/**
 * Hands texts to `take`, one after the other, each once while it is in view, and tells what became of each.
 */
export function codeFeed(
  take: (text: string) => Promise<Taken>,
  onAnswer: (answer: Taken, again: boolean, at: number) => void,
): CodeFeed {
  const known = new Map<string, { readonly answer: Taken; readonly at: number }>();
  const waiting = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  const send = async (text: string, at: number): Promise<void> => {
    const answer = await take(text);
    waiting.delete(text);
    known.delete(text);
    known.set(text, { answer, at });
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    onAnswer(answer, false, at);
  };

  return {
    offer(text, at) {
      if (waiting.has(text)) return;
      const before = known.get(text);
      if (before !== undefined && at - before.at < again) return onAnswer(before.answer, true, at);
      if (waiting.size >= mostWaiting) return;
      waiting.add(text);
      last = last.then(() => send(text, at)).catch(() => waiting.delete(text));
    },
  };
}
