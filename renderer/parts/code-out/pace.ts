import { create } from 'zustand';

/** Density of the parts of a moving code, from fine to dense; null leaves it to the main process. */
const densities: readonly (number | null)[] = [150, 200, 250, null, 350, 400];
const standard = densities.indexOf(null);
const slowest = 1;
const fastest = 15;
const place = 'airlock.code-pace';

interface Pace {
  /** Parts a second. */
  readonly speed: number;
  /** Index into `densities`. */
  readonly grade: number;
}

/** How this station shows moving codes: remembered on it, for all of them. */
export const usePace = create<Pace>(() => remembered());

function remembered(): Pace {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(place) ?? 'null');
    if (Array.isArray(stored)) {
      const [speed, grade] = stored as unknown[];
      if (typeof speed === 'number' && typeof grade === 'number') return within({ speed, grade });
    }
  } catch {
    // What was stored is no pace of ours, or storage is closed: the standard one will do.
  }
  return { speed: 5, grade: standard };
}

function within(pace: Pace): Pace {
  return {
    speed: Math.min(fastest, Math.max(slowest, Math.round(pace.speed))),
    grade: Math.min(densities.length - 1, Math.max(0, Math.round(pace.grade))),
  };
}

function set(pace: Pace): void {
  const next = within(pace);
  usePace.setState(next);
  try {
    window.localStorage.setItem(place, JSON.stringify([next.speed, next.grade]));
  } catch {
    // Not remembered, then: the code on screen has changed all the same.
  }
}

export function changeSpeed(by: 1 | -1): void {
  const { speed, grade } = usePace.getState();
  set({ speed: speed + by, grade });
}

export function changeDensity(by: 1 | -1): void {
  const { speed, grade } = usePace.getState();
  set({ speed, grade: grade + by });
}

export function densityOf(grade: number): number | null {
  return densities[grade] ?? null;
}

export const isFinest = (grade: number): boolean => grade <= 0;
export const isDensest = (grade: number): boolean => grade >= densities.length - 1;

export const densityName = (grade: number): string => `density ${grade + 1} of ${densities.length}`;
