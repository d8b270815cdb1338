import type { RawAnswer, ServerClient } from '../server/client';
import type { Found } from '../server/dialect';
import { requestUpdate } from '../server/requests';
import { shareBody } from '../server/secret-body';
import { ServerError, type ServerErrorCode } from '../server/server-error';
import { afterSilence, readShareAnswer, type ShareOutcome } from './outcome';

/**
 * Gives one share (raw bytes) to the server. The answer goes to `keep` before anyone reads it. `share` stays
 * the caller's to wipe. Throws `ServerError` where the server doesn't answer any more and this share wasn't
 * the last: ask again (`afterSilence`) before anything else.
 */
export async function giveShare(
  client: ServerClient,
  found: Found,
  share: Uint8Array,
  keep: (answer: RawAnswer) => void,
): Promise<ShareOutcome> {
  const { nonce, progress, required } = found.attempt;
  const body = shareBody(share, nonce);
  let raw: RawAnswer;
  try {
    raw = await requestUpdate(client, found.dialect, body);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    if (NEVER_SENT.has(error.code)) return { kind: 'not-sent', error, silence: false };
    return afterSilence(client, nonce, progress, required, error.message);
  } finally {
    body.fill(0);
  }
  keep(raw);
  return readShareAnswer(client, raw, nonce, progress, required);
}

/** After these the active server certainly has not acted on the request: it never had it. */
const NEVER_SENT: ReadonlySet<ServerErrorCode> = new Set<ServerErrorCode>([
  'unreachable',
  'untrusted-certificate',
  'client-certificate',
  'wrong-pin',
  'plain-http',
  'standby',
  'redirected',
]);
