/**
 * Given to openpgp as the date, it skips every comparison with a clock: air-gapped clocks are wrong, and
 * neither opening a message nor checking a signature may fail for that. openpgp documents `null` for it, but
 * its types name it for some functions only.
 */
export const anyTime = null as unknown as Date;
