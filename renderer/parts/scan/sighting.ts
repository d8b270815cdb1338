import type { FoundCode } from '../../../shared/qr/code-reader';
import type { Verdict } from '../../../shared/qr/frame-judge';

/** What was seen in one frame of a camera. */
export interface Sighting {
  readonly codes: readonly FoundCode[];
  /** Why there is none; null where there is one, or where it was not asked. */
  readonly verdict: Verdict | null;
  /** Of the frame, in pixels. */
  readonly width: number;
  readonly height: number;
}
