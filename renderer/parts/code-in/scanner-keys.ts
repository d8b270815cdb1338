import { freshTyping, nextKey, type Typing, waitFor } from './scanner-typing';

/**
 * A keyboard-wedge scanner types what it read. Its text is caught before anything else sees it, so that no
 * letter works as a shortcut and its Enter presses no button. What people type in fields is left alone.
 */
export function listenToScanner(onText: (text: string) => void): () => void {
  let typing: Typing = freshTyping;
  let timer: number | undefined;

  const end = (): void => {
    window.clearTimeout(timer);
    const { text } = typing;
    typing = freshTyping;
    onText(text);
  };
  const listener = (event: KeyboardEvent) => {
    if (isField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { typing: next, caught, whole } = nextKey(typing, event.key, event.timeStamp);
    typing = next;
    if (caught) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    window.clearTimeout(timer);
    if (whole) return end();
    const wait = waitFor(typing);
    if (wait !== null) timer = window.setTimeout(end, wait);
  };
  window.addEventListener('keydown', listener, { capture: true });
  return () => {
    window.clearTimeout(timer);
    window.removeEventListener('keydown', listener, { capture: true });
  };
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
