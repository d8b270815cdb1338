import { useEffect } from 'react';
import { call } from '../bridge/bridge';

/** The main process is told no more often than this, milliseconds. */
const every = 5_000;

let told = Number.NEGATIVE_INFINITY;

/** Tells the main process that the station is in use, so that it doesn't lock itself. */
function tell(): void {
  const now = performance.now();
  if (now - told < every) return;
  told = now;
  void call('guard.used', {});
}

/** Keys and the pointer, wherever in the window. Called once. */
export function tellOfUse(): void {
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
    window.addEventListener(kind, tell, { capture: true, passive: true });
}

/** For a code that is shown, or a camera that is on: the station is in use for as long as that is so. */
export function useKeepsOpen(keeps = true): void {
  useEffect(() => {
    if (!keeps) return;
    tell();
    const timer = window.setInterval(tell, every);
    return () => window.clearInterval(timer);
  }, [keeps]);
}
