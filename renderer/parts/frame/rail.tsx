import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Button as AppButton } from '../button';
import type { StepName } from '../names';

export interface RailProps<S extends string> {
  readonly title?: string;
  readonly steps: readonly StepName<S>[];
  /** Where the ceremony stands; null: not begun. */
  readonly at: S | null;
  /** What the window shows, where that is another step. */
  readonly looking?: S;
  /** Steps that can be looked at, now or again. */
  readonly open?: readonly S[];
  readonly onLook?: (step: S) => void;
  readonly children?: ReactNode;
}

/** The rail of steps on the left: where the ceremony stands, and the way home. */
export function Rail<S extends string>({
  title,
  steps,
  at,
  looking,
  open = [],
  onLook,
  children,
}: RailProps<S>) {
  const here = steps.findIndex(({ step }) => step === at);
  const [unfolded, setUnfolded] = useState(false);
  return (
    <nav className={unfolded ? 'rail rail-unfolded' : 'rail'} aria-label={title ?? 'Steps'}>
      <div className="rail-line">
        <span>{lineOf(steps, looking ?? at, title)}</span>
        <AppButton kind="quiet" small expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>
          Menu
        </AppButton>
      </div>
      <div className="rail-steps">
        {title === undefined ? null : <p className="rail-title">{title}</p>}
        <ol>
          {steps.map(({ step, name }, index) => {
            const shown = step === (looking ?? at);
            const look = `rail-step${index < here ? ' rail-done' : ''}${shown ? ' rail-here' : ''}`;
            const inside = <RailStep number={index + 1} done={index < here} name={name} />;
            return (
              <li key={step} aria-current={shown ? 'step' : undefined}>
                {!shown && open.includes(step) ? (
                  <Button className={look} onPress={() => onLook?.(step)}>
                    {inside}
                  </Button>
                ) : (
                  <div className={look}>{inside}</div>
                )}
              </li>
            );
          })}
        </ol>
      </div>
      <div className="rail-foot">{children}</div>
    </nav>
  );
}

/** The rail in one line, for a window that has no room for it: "Step 3 of 7: Send the start". */
function lineOf<S extends string>(
  steps: readonly StepName<S>[],
  shown: S | null,
  title: string | undefined,
): string {
  const index = steps.findIndex(({ step }) => step === shown);
  const name = steps[index]?.name;
  return name === undefined ? (title ?? '') : `Step ${index + 1} of ${steps.length}: ${name}`;
}

function RailStep({
  number,
  done,
  name,
}: {
  readonly number: number;
  readonly done: boolean;
  readonly name: string;
}) {
  return (
    <>
      <span className="rail-number" aria-hidden="true">
        {done ? '✓' : number}
      </span>
      <span>
        {name}
        {done ? <span className="unseen"> (done)</span> : null}
      </span>
    </>
  );
}
