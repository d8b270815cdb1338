import type { PictureAnswer } from './picture-worker';

/**
 * How long a picture may take, in milliseconds: a decoder that is busy for longer is ended with its memory.
 */
const longest = 10_000;

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (texts: PictureAnswer['texts']) => void>();

function start(): Worker {
  const started = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = (event: MessageEvent<PictureAnswer>) => {
    waiting.get(event.data.id)?.(event.data.texts);
    waiting.delete(event.data.id);
  };
  started.onerror = end;
  return started;
}

/** Ends the worker; what it had not answered could not be opened. */
function end(): void {
  worker?.terminate();
  worker = null;
  for (const answer of waiting.values()) answer(null);
  waiting.clear();
}

/**
 * Texts of the QR codes in a picture, in no order; where it could not be opened, a sentence why, or null.
 */
export function readPicture(picture: Blob): Promise<string[] | string | null> {
  worker ??= start();
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    const clock = setTimeout(end, longest);
    waiting.set(id, (texts) => {
      clearTimeout(clock);
      resolve(texts);
    });
    worker?.postMessage({ id, picture });
  });
}
