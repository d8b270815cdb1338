import { useState } from 'react';

/** Which step the window shows: the one the ceremony is at, or another that the person went to look at. */
export function useLook<S extends string>(at: S): readonly [S, (step: S) => void] {
  const [look, setLook] = useState<{ readonly from: S; readonly step: S } | null>(null);
  // Once the ceremony moves on, so does the window.
  const shown = look !== null && look.from === at ? look.step : at;
  return [shown, (step) => setLook({ from: at, step })];
}
