import type { JsonObject } from './json-object';

/** Ends of names by which servers call what only some may know. */
const secretName =
  /(secret|password|passwd|passphrase|bindpass|pass|private_key|tls_key|api_key|apikey|secret_key|secret_id|credentials?|jwt|service_account_key|access_token|api_token|client_token|auth_token)$/i;
/** Of these the end says otherwise, or the value is no secret. */
const plainName = /(^|_)(bind_secret_id|verify_secret|user_?pass)$/i;
/** Values that are secrets whatever their name is. */
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(hvs|hvb|hvr)\.[A-Za-z0-9_-]{20,}|^[sbr]\.[A-Za-z0-9]{24,}$/;

/**
 * The name of a field that looks like a secret, also deep inside; null where there is none. A plan is read by
 * everyone who takes part, and lies in transcripts for years: a secret has no place in it.
 */
export function secretFieldOf(value: unknown, name = ''): string | null {
  if (typeof value === 'string') {
    const looksSo = value !== '' && secretName.test(name) && !plainName.test(name);
    return looksSo || secretValue.test(value) ? name : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [inner, field] of Object.entries(value as JsonObject)) {
    const found = secretFieldOf(field, Array.isArray(value) ? name : inner);
    if (found !== null) return found;
  }
  return null;
}
