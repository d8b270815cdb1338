/** Characters a part's code has by default: version 10 at M, which survives blur and tilt at 640×480. */
export const defaultDensity = 300;
/** Fewest and most characters a part's code may be asked to have: versions 6 and 20 at M. */
export const densityRange = { min: 150, max: 970 } as const;
