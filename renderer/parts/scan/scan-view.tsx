import type { RefObject } from 'react';
import type { Scan } from './scan';

export interface ScanViewProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** As a mirror does, so that hand and picture move the same way. */
  readonly mirrored: boolean;
  readonly scan: Scan;
  readonly on: boolean;
  /** It is on its way: neither on nor refused. */
  readonly starting: boolean;
}

/** What the camera sees, and a line around the code in it. */
export function ScanView({ video, mirrored, scan, on, starting }: ScanViewProps) {
  const { outline } = scan;
  return (
    <div className={mirrored ? 'scan-view scan-mirrored' : 'scan-view'}>
      <video ref={video} muted playsInline aria-label="What the camera sees" />
      {on ? null : <span className="scan-starting">{starting ? 'Starting the camera…' : 'No picture'}</span>}
      {outline === null ? null : (
        <svg viewBox={`0 0 ${outline.width} ${outline.height}`} aria-hidden="true">
          <polygon
            points={outline.corners.map(({ x, y }) => `${x},${y}`).join(' ')}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
    </div>
  );
}
