import { useEffect, useRef } from 'react';
import { changeDensity, changeSpeed } from './pace';

export interface CodeKeys {
  /** F: as large as the window, or back. */
  readonly onLarge: () => void;
  /** Space: stands still, or moves. */
  readonly onPause: () => void;
  /** Speed or density was changed: whoever did sees by how much. */
  readonly onPace: () => void;
}

/** Keys of a code on screen: Space pauses, + − speed, [ ] density, F large. Not while in a field. */
export function useCodeKeys(keys: CodeKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      if (event.key === ' ') {
        // On a button the bar presses that.
        if (event.repeat || (target instanceof Element && target.closest('button, a, summary, select')))
          return;
        latest.current.onPause();
      } else if (event.key.toLowerCase() === 'f' && !event.repeat) latest.current.onLarge();
      else if (!changePace(event.key)) return;
      else latest.current.onPace();
      event.preventDefault();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Whether the key is one that changes speed or density. */
function changePace(key: string): boolean {
  if (key === '+' || key === '=') changeSpeed(1);
  else if (key === '-' || key === '−') changeSpeed(-1);
  else if (key === '[') changeDensity(-1);
  else if (key === ']') changeDensity(1);
  else return false;
  return true;
}
