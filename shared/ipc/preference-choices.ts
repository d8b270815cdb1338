import type { Preferences } from './preferences';

/** Parts of a moving code a second, at the slowest and at the fastest. */
export const speedRange = { min: 1, max: 15 } as const;

/** After how many minutes without use a station may lock itself, to choose from; null: never. */
export const lockChoices = [2, 5, 10, 30, null] as const;

/** What holds until somebody chooses. */
export const standardPreferences: Preferences = { speed: 5, density: null, camera: null, lockAfter: 10 };
