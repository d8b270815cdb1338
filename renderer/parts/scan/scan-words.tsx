import { Button } from '../button';
import type { Reading } from '../code-in/intake';
import { PartMap } from '../part-map';
import { advice } from './coach';
import type { Dot, Scan } from './scan';
import { secondsLeft, timeText } from './time-left';

export interface ScanWordsProps {
  readonly scan: Scan;
  readonly reading: Reading | null;
  readonly on: boolean;
  readonly onReset: () => void;
}

/** What the coach says: found or why not, what each frame brought, how far the message is. */
export function ScanWords({ scan, reading, on, onReset }: ScanWordsProps) {
  const { said } = scan.coach;
  // A code that was refused is found as well, and holding it longer helps nobody.
  const foreign = said === 'read' && scan.refused !== null;
  const begun = reading !== null && reading.have > 0;
  return (
    <div className="scan-words">
      <p
        className={said === 'read' && !foreign ? 'scan-said scan-found' : 'scan-said'}
        data-sight={foreign ? 'foreign' : (said ?? 'looking')}
      >
        {foreign ? notThis : said === null ? (on ? 'Looking for a code…' : '') : advice[said]}
      </p>
      {begun ? <Progress scan={scan} reading={reading} onReset={onReset} /> : null}
      <Dots dots={scan.dots} />
      {scan.switchedAt === null ? null : (
        <p className="note">
          Another message is being read now than before. If that is wrong, show the first one again: its parts
          are kept.
        </p>
      )}
      <p className="unseen" role="status">
        {announcement(scan, reading, on)}
      </p>
    </div>
  );
}

const notThis = 'A code, but not the one that is wanted here.';

function Progress({ scan, reading, onReset }: Omit<ScanWordsProps, 'on' | 'reading'> & { reading: Reading }) {
  const { have, of, seen } = reading;
  const seconds = secondsLeft(scan.arrivals, of - have, performance.now());
  const text = `${have} of ${of} parts`;
  return (
    <div className="scan-progress">
      <PartMap seen={seen} label={`${text} read`} />
      <p className="scan-line">
        <span data-testid="scan-parts">{text}</span>
        {seconds === null ? null : <span data-testid="scan-time">{timeText(seconds)}</span>}
        <Button kind="link" onPress={onReset}>
          Start over
        </Button>
      </p>
    </div>
  );
}

const dotNames: Readonly<Record<Dot, string>> = {
  new: 'new part',
  known: 'known part',
  foreign: 'not ours',
  none: 'no code',
};

/** A dot a frame, the newest at the right. What it says is said in words besides. */
function Dots({ dots }: { readonly dots: readonly Dot[] }) {
  return (
    <div className="scan-frames">
      <div className="scan-dots" aria-hidden="true">
        {dots.map((dot, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots move through the row
          <span key={index} className={`scan-dot scan-dot-${dot}`} />
        ))}
      </div>
      <p className="scan-legend" aria-hidden="true">
        {(['new', 'known', 'foreign', 'none'] as const).map((dot) => (
          <span key={dot}>
            <span className={`scan-dot scan-dot-${dot}`} /> {dotNames[dot]}
          </span>
        ))}
      </p>
    </div>
  );
}

/** For ears: what the coach says, and every quarter of the way. Refusals announce themselves. */
function announcement(scan: Scan, reading: Reading | null, on: boolean): string {
  if (!on) return 'The camera is starting.';
  const { said } = scan.coach;
  const quarter = reading === null ? 0 : Math.floor((4 * reading.have) / reading.of);
  const far =
    quarter === 0 ? '' : ` ${['', 'A quarter', 'Half', 'Three quarters', 'All'][quarter]} of it is read.`;
  const switched = scan.switchedAt === null ? '' : ' Another message is being read now than before.';
  const foreign = said === 'read' && scan.refused !== null;
  return `${foreign ? notThis : said === null ? 'The camera is on.' : advice[said]}${far}${switched}`;
}
