/**
 * A keyboard-wedge scanner types what it read, fast, and ends with Enter. Its text is caught before anything
 * else sees it, so that no letter works as a shortcut and its Enter presses no button.
 */

/**
 * Longest gap between two keys of a scanner, ms. People are slower, and what they type in fields is left
 * alone.
 */
const scannerGap = 80;
/** The first two letters are the same on nearly every keyboard layout, and the colon is not. */
const prefix = 'UR';

/** Fewer characters than any code has. */
const shortest = 20;

export function listenToScanner(onText: (text: string) => void): () => void {
  let typed = '';
  let last = 0;

  const listener = (event: KeyboardEvent) => {
    if (isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.timeStamp - last > scannerGap) typed = '';
    last = event.timeStamp;
    if (event.key === 'Enter') {
      if (typed.length < shortest) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onText(typed);
      typed = '';
      return;
    }
    if (event.key.length !== 1) return;
    const next = typed + event.key;
    const fits = next.slice(0, prefix.length).toUpperCase() === prefix.slice(0, next.length);
    typed = fits ? next : '';
    if (typed.length > 1) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  window.addEventListener('keydown', listener, { capture: true });
  return () => window.removeEventListener('keydown', listener, { capture: true });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
