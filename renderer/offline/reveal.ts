import { useCallback } from 'react';
import type { RevealChannel } from '../../shared/ipc/offline/channels';
import type { Revealed } from '../parts/held-secret';
import { call } from './call';

/** Asks for a secret's text, past every store: the answer goes from here straight to the screen. */
export function useReveal(channel: Exclude<RevealChannel, 'brought.reveal'>): () => Promise<Revealed> {
  return useCallback(async () => {
    const answer = await call(channel, {});
    return answer.ok ? { ok: true, text: answer.value.text } : { ok: false, message: answer.error.message };
  }, [channel]);
}

/** The same, of what a task brought back. `digest` (hex): of the outcome. */
export function useBrought(digest: string): () => Promise<Revealed> {
  return useCallback(async () => {
    const answer = await call('brought.reveal', { digest });
    return answer.ok ? { ok: true, text: answer.value.text } : { ok: false, message: answer.error.message };
  }, [digest]);
}
