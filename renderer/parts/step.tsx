import { type ReactNode, useEffect, useRef } from 'react';

export interface StepProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** The right column: a code, or cards. */
  readonly aside?: ReactNode;
}

/** Gives the focus back to the step's title, where what had it is gone. */
export const focusTitle = (): void => document.querySelector('h1')?.focus();

/** One step in the middle of the window. A new title takes the focus, so that a screen reader says it. */
export function Step({ title, lead, children, aside }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Airlock`;
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('main')?.scrollTo(0, 0);
  }, [title]);
  return (
    <main className={aside === undefined ? 'step step-alone' : 'step'}>
      <div className="step-middle">
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead === undefined ? null : <p className="lead">{lead}</p>}
        {children}
      </div>
      {aside === undefined ? null : <div className="aside">{aside}</div>}
    </main>
  );
}
