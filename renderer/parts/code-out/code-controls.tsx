import { Button } from '../button';
import { PartMap } from '../part-map';
import type { Shown } from './moving-parts';
import {
  changeDensity,
  changeSpeed,
  densityName,
  isDensest,
  isFastest,
  isFinest,
  isSlowest,
  usePace,
} from './pace';

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
          <Button kind="key" label="Slower" disabled={isSlowest(speed)} onPress={() => changeSpeed(-1)}>
            −
          </Button>
          <span>{speed} a second</span>
          <Button kind="key" label="Faster" disabled={isFastest(speed)} onPress={() => changeSpeed(1)}>
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

/** Which parts have been on screen: the other side can't have the rest yet, however well it reads. */
function PartsShown({ shown }: { readonly shown: Shown }) {
  const { number, partCount } = shown;
  const whole = number >= partCount;
  const seen = Array.from({ length: partCount }, (_, part) => whole || part <= number);
  return (
    <>
      <PartMap
        seen={seen}
        {...(whole ? {} : { now: number })}
        label={`${Math.min(number + 1, partCount)} of ${partCount} parts were on screen`}
      />
      <p className="code-line code-loop">{loopText(number, partCount)}</p>
    </>
  );
}

function loopText(number: number, partCount: number): string {
  const toCome = partCount - number - 1;
  if (toCome > 0) return `The other side can’t have ${toCome} of them yet`;
  return 'All were on screen. Extra parts make up for missed ones';
}

const partName = ({ number, partCount }: Shown): string =>
  number < partCount ? `Part ${number + 1} of ${partCount} ·` : 'Extra part ·';
