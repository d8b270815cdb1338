import type { FoundCode } from '../../../shared/qr/code-reader';
import type { Reading, Taken } from '../code-in/intake';
import { type Coach, freshCoach, see } from './coach';
import type { Sighting } from './sighting';

/** What one frame brought. */
export type Dot = 'new' | 'known' | 'foreign' | 'none';

/** A run of the scanner, as the screen shows it. Times in milliseconds. */
export interface Scan {
  readonly coach: Coach;
  /** One a frame, the newest last. */
  readonly dots: readonly Dot[];
  /** When new parts came. */
  readonly arrivals: readonly number[];
  readonly reading: Reading | null;
  /** Where the code is in the picture, while it is. */
  readonly outline: {
    readonly corners: FoundCode['corners'];
    readonly width: number;
    readonly height: number;
  } | null;
  /** Why a code was not taken, by name. */
  readonly refused: { readonly message: string; readonly at: number } | null;
  /** What was taken last, where the camera goes on afterwards. */
  readonly taken: { readonly text: string; readonly at: number } | null;
  /** When another message began to be read than before. */
  readonly switchedAt: number | null;
}

export const freshScan: Scan = {
  coach: freshCoach,
  dots: [],
  arrivals: [],
  reading: null,
  outline: null,
  refused: null,
  taken: null,
  switchedAt: null,
};

const mostDots = 32;
const mostArrivals = 40;
/** A refusal stays this long after the code was last seen, so that it can be read. */
const refusalStays = 6_000;
const switchStays = 8_000;

/** One more frame came from the worker. */
export function withSighting(scan: Scan, seen: Sighting, at: number): Scan {
  const [code] = seen.codes;
  const sight = code === undefined ? seen.verdict : 'read';
  const { width, height } = seen;
  return {
    ...scan,
    coach: sight === null ? scan.coach : see(scan.coach, sight, at),
    dots: code === undefined ? withDot(scan.dots, 'none') : scan.dots,
    outline: code === undefined ? null : { corners: code.corners, width, height },
    refused: scan.refused !== null && at - scan.refused.at > refusalStays ? null : scan.refused,
    switchedAt: scan.switchedAt !== null && at - scan.switchedAt > switchStays ? null : scan.switchedAt,
  };
}

/** What the main process made of a code's text, or made of it a moment ago (`again`). */
export function withAnswer(scan: Scan, answer: Taken, again: boolean, at: number): Scan {
  switch (answer.status) {
    case 'taken':
      return {
        ...scan,
        dots: withDot(scan.dots, 'new'),
        arrivals: [],
        reading: null,
        refused: null,
        taken: { text: answer.text, at },
      };
    case 'refused':
      return {
        ...scan,
        dots: withDot(scan.dots, 'foreign'),
        taken: null,
        refused: { message: answer.message, at },
      };
    case 'part': {
      const fresh = answer.fresh && !again;
      const dots = withDot(scan.dots, fresh ? 'new' : 'known');
      if (again) return { ...scan, dots };
      const { have, of, seen, switched } = answer;
      const before = switched ? [] : scan.arrivals;
      return {
        ...scan,
        dots,
        arrivals: fresh ? [...before, at].slice(-mostArrivals) : before,
        reading: { have, of, seen },
        refused: switched ? null : scan.refused,
        switchedAt: switched ? at : scan.switchedAt,
      };
    }
  }
}

const withDot = (dots: readonly Dot[], dot: Dot): readonly Dot[] => [...dots, dot].slice(-mostDots);
