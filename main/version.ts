import manifest from '../package.json' with { type: 'json' };

/** Airlock's version, as its package says it. */
export const version: string = manifest.version;
