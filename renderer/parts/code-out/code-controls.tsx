import { Button } from '../button';
import { PartMap } from '../part-map';
import type { Shown } from './moving-parts';
import { changeDensity, changeSpeed, densityName, isDensest, isFinest, usePace } from './pace';

/** Under a code: which part is on screen, and how fast and how dense the parts are. */
export function CodeControls({ shown }: { readonly shown: Shown }) {
  const { speed, grade } = usePace();
  const moving = shown.partCount > 1;
  return (
    <>
      {moving ? <PartsShown shown={shown} /> : null}
      {moving ? (
        <p className="code-line">
          <span>{partName(shown)}</span>
          <Button kind="key" label="Slower" onPress={() => changeSpeed(-1)}>
            −
          </Button>
          <span>{speed} a second</span>
          <Button kind="key" label="Faster" onPress={() => changeSpeed(1)}>
            +
          </Button>
        </p>
      ) : null}
      <p className="code-line">
        <Button kind="key" label="Smaller parts" disabled={isFinest(grade)} onPress={() => changeDensity(-1)}>
          [
        </Button>
        <span>{densityName(grade)}</span>
        <Button kind="key" label="Larger parts" disabled={isDensest(grade)} onPress={() => changeDensity(1)}>
          ]
        </Button>
      </p>
    </>
  );
}

function PartsShown({ shown }: { readonly shown: Shown }) {
  const { number, partCount } = shown;
  if (partCount > 60) return null;
  const whole = number >= partCount;
  const seen = Array.from({ length: partCount }, (_, part) => whole || part <= number);
  return (
    <PartMap
      seen={seen}
      {...(whole ? {} : { now: number })}
      label={`${Math.min(number + 1, partCount)} of ${partCount} parts were on screen`}
    />
  );
}

const partName = ({ number, partCount }: Shown): string =>
  number < partCount ? `Part ${number + 1} of ${partCount} ·` : `Extra part ${number - partCount + 1} ·`;
