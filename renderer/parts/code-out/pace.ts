import { speedRange } from '../../../shared/ipc/preference-choices';
import { prefer, usePreferences } from '../preferences';

/** Densities of the parts of a moving code, from fine to dense; null leaves it to the main process. */
const densities: readonly (number | null)[] = [150, 200, 250, null, 350, 400, 500, 650];
const standard = densities.indexOf(null);

interface Pace {
  /** Parts a second. */
  readonly speed: number;
  /** Index into the densities. */
  readonly grade: number;
}

/** How this station shows moving codes: remembered on it, for all of them. */
export function usePace(): Pace {
  const { speed, density } = usePreferences();
  return { speed, grade: gradeOf(density) };
}

function gradeOf(density: number | null): number {
  const grade = densities.indexOf(density);
  return grade < 0 ? standard : grade;
}

export function changeSpeed(by: 1 | -1): void {
  const speed = usePreferences.getState().speed + by;
  if (speed >= speedRange.min && speed <= speedRange.max) prefer({ speed });
}

export function changeDensity(by: 1 | -1): void {
  const density = densities[gradeOf(usePreferences.getState().density) + by];
  if (density !== undefined) prefer({ density });
}

export function densityOf(grade: number): number | null {
  return densities[grade] ?? null;
}

export const isSlowest = (speed: number): boolean => speed <= speedRange.min;
export const isFastest = (speed: number): boolean => speed >= speedRange.max;
export const isFinest = (grade: number): boolean => grade <= 0;
export const isDensest = (grade: number): boolean => grade >= densities.length - 1;

export const densityName = (grade: number): string => `density ${grade + 1} of ${densities.length}`;
