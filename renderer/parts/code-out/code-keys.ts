import { useEffect } from 'react';
import { changeDensity, changeSpeed } from './pace';

/** Keys of a code on screen: + − speed, [ ] density, F large. Not while a field has the focus. */
export function useCodeKeys(onLarge: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      if (event.key === '+' || event.key === '=') changeSpeed(1);
      else if (event.key === '-' || event.key === '−') changeSpeed(-1);
      else if (event.key === '[') changeDensity(-1);
      else if (event.key === ']') changeDensity(1);
      else if (event.key.toLowerCase() === 'f' && !event.repeat) onLarge();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [onLarge]);
}
