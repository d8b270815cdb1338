import type { FrameAnswer, FrameRequest } from './scan-worker';
import type { Sighting } from './sighting';

/** Milliseconds between two frames that are judged where they can't be read: it takes longer than reading. */
const judgeEvery = 150;

/**
 * Reads the frames of a playing video in a worker: always the newest one, and while that is being read, all
 * others go by. There is no queue that could fall behind what the camera sees. Returns what stops it.
 */
export function readFrames(video: HTMLVideoElement, onSighting: (seen: Sighting) => void): () => void {
  const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { type: 'module' });
  let stopped = false;
  let busy = false;
  let request = 0;
  let judged = 0;

  const next = (): void => {
    if (!stopped) request = video.requestVideoFrameCallback(() => void offer());
  };
  const offer = async (): Promise<void> => {
    next();
    if (busy || stopped || video.videoWidth === 0) return;
    busy = true;
    const frame = await grab(video);
    if (frame === null || stopped) {
      frame?.close();
      busy = false;
      return;
    }
    const now = performance.now();
    const judge = now - judged >= judgeEvery;
    if (judge) judged = now;
    worker.postMessage({ frame, judge } satisfies FrameRequest, [frame]);
  };

  worker.onmessage = (event: MessageEvent<FrameAnswer>) => {
    busy = false;
    if (!stopped && event.data !== null) onSighting(event.data);
  };
  // A frame that breaks the reader costs that frame only.
  worker.onerror = () => {
    busy = false;
  };
  next();
  return () => {
    stopped = true;
    video.cancelVideoFrameCallback(request);
    worker.terminate();
  };
}

async function grab(video: HTMLVideoElement): Promise<VideoFrame | ImageBitmap | null> {
  try {
    return new VideoFrame(video);
  } catch {
    return createImageBitmap(video).catch(() => null);
  }
}
