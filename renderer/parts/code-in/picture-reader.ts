import type { PictureAnswer } from './picture-worker';

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (texts: string[] | null) => void>();

function start(): Worker {
  const started = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = (event: MessageEvent<PictureAnswer>) => {
    waiting.get(event.data.id)?.(event.data.texts);
    waiting.delete(event.data.id);
  };
  started.onerror = () => {
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
    started.terminate();
    worker = null;
  };
  return started;
}

/** Texts of the QR codes in a picture, in no order; null where the picture could not be opened. */
export function readPicture(picture: Blob): Promise<string[] | null> {
  worker ??= start();
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    worker?.postMessage({ id, picture });
  });
}
