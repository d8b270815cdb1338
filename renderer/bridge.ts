import type { Bridge } from '../shared/ipc/bridge';
import type { Answer, Args, Channel } from '../shared/ipc/channels';

declare global {
  interface Window {
    /** What the preload puts into the window: the only way out of it. */
    readonly airlock: Bridge;
  }
}

const noAnswer = {
  ok: false,
  error: {
    code: 'no-answer',
    message:
      'The app did not answer. What was done before is kept on disk. Close this window and open Airlock again.',
  },
} as const;

/** Calls the main process. It never rejects: where no answer came, that is the error. */
export async function call<C extends Channel>(channel: C, args: Args<C>): Promise<Answer<C>> {
  try {
    return await window.airlock.call(channel, args);
  } catch {
    return noAnswer;
  }
}
