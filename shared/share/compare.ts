import { equalBytes } from '../bytes';
import { type Share, wholeKeyLength } from './share';

/**
 * What two shares of one attempt are to each other: `same-share` (one was entered twice; the server refuses it),
 * `same-x` (they differ, but not in the x-coordinate: at least one is mistyped or of another set, and the server would
 * notice only at the threshold), or `different`. Whole keys (threshold 1) have no x-coordinate.
 */
export function compareShares(a: Share, b: Share): 'same-share' | 'same-x' | 'different' {
  if (equalBytes(a.bytes, b.bytes)) return 'same-share';
  const wholeKeys = a.bytes.length === wholeKeyLength && b.bytes.length === wholeKeyLength;
  return a.x === b.x && !wholeKeys ? 'same-x' : 'different';
}
