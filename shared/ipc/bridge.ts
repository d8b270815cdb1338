import type { Answer, Args, Channel } from './channels';

/**
 * What the preload script puts into the window as `window.airlock`: the only way from a screen to the main
 * process.
 */
export interface Bridge {
  call<C extends Channel>(channel: C, args: Args<C>): Promise<Answer<C>>;
  /** Calls back whenever the state changed, until the returned function is called. */
  onPush(changed: () => void): () => void;
}
