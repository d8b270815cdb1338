import { type ReactNode, useEffect, useRef, useState } from 'react';
import { FootElement } from './foot';

export interface StepProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /**
   * The code that the step is about: in the right column, or before all but the lead where there is only one.
   */
  readonly code?: ReactNode;
  /** The rest of the right column: cards, or a code beside the point. */
  readonly aside?: ReactNode;
  /** The middle has the whole width: its parts stand side by side. */
  readonly wide?: boolean;
}

/** Gives the focus back to the step's title, where what had it is gone. */
export const focusTitle = (): void => document.querySelector('h1')?.focus();

/** Whether somebody is in a field of the step that this heading stands over. */
const isAtWork = (heading: HTMLElement | null): boolean =>
  document.activeElement instanceof HTMLInputElement &&
  heading?.parentElement?.contains(document.activeElement) === true;

/** One step in the middle of the window. A new title takes the focus, so that a screen reader says it. */
export function Step({ title, lead, children, code, aside, wide = false }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Airlock`;
    // Who has begun to type before the page's script ran goes on where they are.
    if (!isAtWork(heading.current)) heading.current?.focus({ preventScroll: true });
    heading.current?.closest('[data-scrolls]')?.scrollTo(0, 0);
  }, [title]);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const look = wide ? 'step-wide' : code ? 'step-code' : aside === undefined ? 'step-alone' : '';
  return (
    <FootElement value={element}>
      <main>
        <div className={`step ${look}`.trim()} data-scrolls>
          <div className="step-middle">
            <h1 tabIndex={-1} ref={heading}>
              {title}
            </h1>
            {lead === undefined ? null : <p className="lead">{lead}</p>}
            {children}
          </div>
          {code || aside ? (
            <div className="aside">
              {code}
              {aside}
            </div>
          ) : null}
        </div>
        {/* What can be done here: `Foot` puts it there. */}
        <div className="foot" ref={setElement} />
      </main>
    </FootElement>
  );
}
