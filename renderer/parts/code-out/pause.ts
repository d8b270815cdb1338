import { useState, useSyncExternalStore } from 'react';
import { useIsCovered } from '../overlays';

const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

function listen(changed: () => void): () => void {
  lessMotion.addEventListener('change', changed);
  return () => lessMotion.removeEventListener('change', changed);
}

export interface Pause {
  /** The code stands still now. */
  readonly paused: boolean;
  /** Nobody paused it: the system asks for less motion, and whoever wants it to move says so. */
  readonly forStillness: boolean;
  readonly toggle: () => void;
}

/**
 * Whether a moving code stands still: a person paused it, a dialog stands over it, or the system asks for
 * less motion.
 */
export function usePause(): Pause {
  const covered = useIsCovered();
  const still = useSyncExternalStore(listen, () => lessMotion.matches);
  const [chosen, setChosen] = useState<'paused' | 'moving' | null>(null);
  const stands = chosen === null ? still : chosen === 'paused';
  return {
    paused: stands || covered,
    forStillness: chosen === null && still,
    toggle: () => setChosen(stands ? 'moving' : 'paused'),
  };
}
