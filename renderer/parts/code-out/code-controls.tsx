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
import type { Pause } from './pause';

export interface CodeControlsProps {
  readonly shown: Shown;
  readonly pause: Pause;
  /** What there is to change where a camera doesn't read it: on the screen or not. */
  readonly help: boolean;
  readonly onHelp: () => void;
  /** The way to the full screen, or back from it. */
  readonly large: { readonly label: string; readonly key: string; readonly onPress: () => void };
}

/** The line under a code, and what is behind "Not reading?". */
export function CodeControls({ shown, pause, help, onHelp, large }: CodeControlsProps) {
  const moving = shown.partCount > 1;
  return (
    <>
      <p className="code-line">
        {moving ? <span>{partName(shown)}</span> : null}
        {moving ? (
          <Button kind="plain" onPress={pause.toggle}>
            {pause.paused ? 'Go on' : 'Pause'} <kbd>Space</kbd>
          </Button>
        ) : null}
        <Button kind="plain" onPress={large.onPress}>
          {large.label} <kbd>{large.key}</kbd>
        </Button>
        <Button kind="plain" expanded={help} onPress={onHelp}>
          Not reading?
        </Button>
      </p>
      {pause.forStillness && moving ? (
        <p className="code-line">It stands still, as your system asks for less motion. Space lets it move.</p>
      ) : null}
      {help ? <NotReading shown={shown} moving={moving} /> : null}
    </>
  );
}

/** How fast and how dense the parts are, and which of them the other side can have by now. */
function NotReading({ shown, moving }: { readonly shown: Shown; readonly moving: boolean }) {
  const { speed, grade } = usePace();
  return (
    <div className="code-help">
      <p>Bring the camera closer, keep still, and turn the screen to full brightness. Then:</p>
      {moving ? <PartsShown shown={shown} /> : null}
      {moving ? (
        <p className="code-line">
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
      <p className="quiet">A lower density makes more, but coarser codes: they read from further away.</p>
    </div>
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
  number < partCount ? `Part ${number + 1} of ${partCount}` : `Extra part, of ${partCount}`;
