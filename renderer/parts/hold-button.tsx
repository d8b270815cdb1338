import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';

export interface HoldButtonProps {
  readonly children: ReactNode;
  readonly label: string;
  /** Called with true when the hold begins, and with false when it ends in any way. */
  readonly onHold: (held: boolean) => void;
  /** A letter that can be held instead, wherever the focus is outside a field. */
  readonly letter?: string;
}

/** A screen reader's press has no length: what it asks to see stays for this long. */
const pressWithoutLength = 10_000;

/**
 * A button that works for as long as it is held by pointer, Space or Enter, or its letter on the keyboard.
 * The hold also ends when the window loses the focus or is hidden.
 */
export function HoldButton({ children, label, onHold, letter }: HoldButtonProps) {
  const hold = useRef(onHold);
  useEffect(() => {
    hold.current = onHold;
  });
  const timer = useRef<number | undefined>(undefined);

  useEffect(() => {
    const end = () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
      hold.current(false);
    };
    const isLetter = (event: KeyboardEvent) =>
      letter !== undefined && event.key.toLowerCase() === letter.toLowerCase();
    const down = (event: KeyboardEvent) => {
      if (!isLetter(event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      hold.current(true);
    };
    const up = (event: KeyboardEvent) => {
      if (isLetter(event)) end();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', end);
    document.addEventListener('visibilitychange', end);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', end);
      document.removeEventListener('visibilitychange', end);
      end();
    };
  }, [letter]);

  return (
    <Button
      className="button button-quiet button-hold"
      aria-label={label}
      onPressStart={(event) => {
        hold.current(true);
        if (event.pointerType !== 'virtual') return;
        timer.current = window.setTimeout(() => hold.current(false), pressWithoutLength);
      }}
      onPressEnd={(event) => {
        if (event.pointerType !== 'virtual') hold.current(false);
      }}
    >
      {children}
    </Button>
  );
}
