import { coreRefusal, Refusal } from '../http/reply';

const STANZA = /^\s*seal\s+"shamir"\s*\{([^{}]*)\}\s*$/;

/** How many shares a namespace's own seal is split into, and how many open it. */
export interface SealConfig {
  readonly shares: number;
  readonly threshold: number;
}

/**
 * Reads a seal as OpenBao's command line writes it: one stanza `seal "shamir"` with `shares` and `threshold`.
 * Throws `Refusal`.
 */
export function parseSealConfig(text: string): SealConfig {
  const inside = STANZA.exec(text)?.[1];
  if (inside === undefined) {
    throw coreRefusal(500, 'unable to parse seal config: only one stanza seal "shamir" is understood here');
  }
  const numberOf = (name: string): number =>
    Number(new RegExp(`^\\s*"?${name}"?\\s*=\\s*"?(\\d{1,3})"?\\s*$`, 'm').exec(inside)?.[1] ?? 0);
  const config = { shares: numberOf('shares'), threshold: numberOf('threshold') };
  if (config.shares < 1) throw new Refusal(400, 'invalid seal config: shares must be at least one');
  return config;
}
