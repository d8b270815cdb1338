import type { AnswerOf, ArgsOf, CallName, ChannelMap } from './channel-map';

/**
 * What the preload script puts into the window as `window.airlock`: the only way from a screen to the main
 * process of the app whose channels `M` are.
 */
export interface Bridge<M extends ChannelMap> {
  call<C extends CallName<M>>(channel: C, args: ArgsOf<M, C>): Promise<AnswerOf<M, C>>;
  /** Calls back whenever the state changed, until the returned function is called. */
  onPush(changed: () => void): () => void;
}
