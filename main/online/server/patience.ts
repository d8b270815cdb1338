import { ServerError } from './server-error';

const MILLISECONDS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** How long a whole answer may take, where VAULT_CLIENT_TIMEOUT doesn't say otherwise. */
export const TIMEOUT_MS = 30_000;

/**
 * How long the answer to a start or to a share may take at the least: three minutes, since it may come only
 * once. That is twice what a Vault server gives itself for a request by default (max_request_duration, 90 s).
 */
export const PATIENCE_MS = 180_000;

/** What a timer of Node's can hold: 24 days. */
const LONGEST = 2 ** 31 - 1;

/**
 * VAULT_CLIENT_TIMEOUT in milliseconds, as `vault` reads it: whole seconds, whole days (`1d`), or a duration
 * of Go's (`1m30s`). undefined where it isn't set or 0. Throws `ServerError` 'bad-setting'.
 */
export function parseClientTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parts = /^\d+$/.test(text) ? `${text}s` : text;
  if (!/^(?:\d+d|0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.test(parts)) {
    throw new ServerError(
      'bad-setting',
      'VAULT_CLIENT_TIMEOUT (or BAO_CLIENT_TIMEOUT) is neither a number of seconds, such as 90, nor a duration, such as 1m30s. Correct it, or unset it.',
    );
  }
  let sum = 0;
  for (const [, count, unit] of parts.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h|d)/g))
    sum += Number(count) * (MILLISECONDS[unit ?? ''] ?? 0);
  return sum === 0 ? undefined : Math.min(Math.max(1, Math.round(sum)), LONGEST);
}
