import { nonceWords } from '../../../shared/words';
import { OnlineError } from '../online-error';
import { type Attempt, readAnswer, readAttempt, refuseComplaint } from '../server/answer';
import type { RawAnswer, ServerClient } from '../server/client';
import { attemptRequest, type Dialect, type Found, findDialect } from '../server/dialect';
import { type Hiding, hidingBody, shareBody } from '../server/secret-body';

/** What became of a share. */
export type ShareOutcome =
  | { readonly kind: 'counted'; readonly progress: number; readonly required: number }
  | {
      readonly kind: 'finished';
      readonly required: number;
      readonly encodedToken: string;
      readonly pgpFingerprint: string;
    }
  /** The shares together weren't right, and the server began to count anew (DESIGN.md §5.6). */
  | { readonly kind: 'rejected'; readonly complaint: string }
  | { readonly kind: 'given-before' }
  /** The server didn't count it. After silence it may do so yet: a request can outlive its connection. */
  | { readonly kind: 'not-sent'; readonly error: OnlineError; readonly silence: boolean }
  /** The server refused it: the attempt isn't there any more, or another one is. */
  | { readonly kind: 'changed'; readonly found: string }
  /** No answer came, and the progress rose: by this share, or by another station's. */
  | {
      readonly kind: 'unknown';
      readonly progress: number;
      readonly required: number;
      readonly reason: string;
    }
  /** What was, or may have been, the last share was taken, and the answer didn't arrive (DESIGN.md §5.4–5). */
  | { readonly kind: 'lost'; readonly what: string };

const WRONG_SHARES =
  /root generation aborted|failed to compute root key|unable to authenticate|root key verification failed|message authentication failed|invalid key|unseal key|does not match submitted/i;
/** The attempt was gone before this share came: it made nothing. */
const GONE = /no root generation in progress|incorrect nonce/i;
/** A standby passed the share on, and what the active server did with it isn't known. */
const PASSED_ON = /forwarding|rpc error|deadline exceeded|context canceled/i;

/** Begins an attempt. Throws `OnlineError`; 'connection-lost' leaves open whether it began. */
export async function beginAttempt(client: ServerClient, dialect: Dialect, hiding: Hiding): Promise<Attempt> {
  const body = hidingBody(hiding);
  try {
    const answer = readAnswer(await attemptRequest(client, dialect, 'PUT', 'attempt', body), client.address);
    if (/already in progress/i.test(answer.complaint)) {
      throw attemptOpen((await findDialect(client)).attempt.nonce);
    }
    refuseComplaint(answer, client.address);
    return readAttempt(answer, client.address);
  } finally {
    body.fill(0);
  }
}

/** Cancels whatever attempt is open. Throws `OnlineError`. */
export async function cancelAttempt(client: ServerClient, dialect: Dialect): Promise<void> {
  const answer = readAnswer(await attemptRequest(client, dialect, 'DELETE', 'attempt'), client.address);
  refuseComplaint(answer, client.address);
}

/** The sentence for an attempt that stands in the way. */
export const attemptOpen = (nonce: string): OnlineError =>
  new OnlineError(
    'attempt-open',
    `An attempt is open on this server already: ${nonceWords(nonce)} (nonce ${nonce}). There can be only one, and nothing was started. If another station of this ceremony started it, take that station's attempt message: airlock online join --message ATTEMPT. If none did, find out who did; then cancel it (airlock online cancel --nonce ${nonce}) and give this start message again.`,
  );

/** As `attemptOpen`, where this station asked for an attempt with a one-time password and has no answer on record. */
export const ownPerhaps = (nonce: string): OnlineError =>
  new OnlineError(
    'attempt-open',
    `An attempt is open on this server: ${nonceWords(nonce)} (nonce ${nonce}). This station asked for one before and has no answer on record, so it may be its own or a stranger's: with a one-time password nothing in the attempt tells. Don't use it. Cancel it (airlock online cancel --nonce ${nonce}), then give this same start message again, which starts a new one; no share was given here yet, so nothing is lost. If it comes back, find out who else starts attempts.`,
  );

/**
 * Gives one share to the server. The answer goes to `keep` before anyone reads it. `share` stays the caller's to wipe. Throws
 * `OnlineError` where the server doesn't answer any more and this share wasn't the last: ask again (`afterSilence`) before
 * anything else.
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
    raw = await attemptRequest(client, found.dialect, 'PUT', 'update', body);
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    if (neverSent(error)) return { kind: 'not-sent', error, silence: false };
    return afterSilence(client, nonce, progress, required, error.message);
  } finally {
    body.fill(0);
  }
  keep(raw);
  return readShareAnswer(client, raw, nonce, progress, required);
}

/** What an answer to a share means. It may be one that was kept before a crash. */
export async function readShareAnswer(
  client: ServerClient,
  raw: RawAnswer,
  nonce: string,
  progressBefore: number,
  required: number,
): Promise<ShareOutcome> {
  let attempt: Attempt;
  try {
    const answer = readAnswer(raw, client.address);
    if (!answer.ok) return await afterComplaint(client, answer.complaint, nonce, progressBefore, required);
    attempt = readAttempt(answer, client.address);
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    // A proxy's error page in place of the server's answer is as good as no answer.
    return afterSilence(client, nonce, progressBefore, required, error.message);
  }
  if (!attempt.complete) return { kind: 'counted', progress: attempt.progress, required: attempt.required };
  if (attempt.encodedToken === '') {
    return {
      kind: 'lost',
      what: 'the server says that the attempt is complete, but its answer holds no token',
    };
  }
  const { encodedToken, pgpFingerprint } = attempt;
  return { kind: 'finished', required: attempt.required, encodedToken, pgpFingerprint };
}

/** The server answered with an error of its own: nothing came of this request, unless the answer is that of a machine between. */
async function afterComplaint(
  client: ServerClient,
  complaint: string,
  nonce: string,
  progressBefore: number,
  required: number,
): Promise<ShareOutcome> {
  if (/already been provided/i.test(complaint)) return { kind: 'given-before' };
  const answered =
    complaint === '' ? 'an error without a word came back' : `the server answered “${complaint}”`;
  if (complaint === '' || PASSED_ON.test(complaint))
    return afterSilence(client, nonce, progressBefore, required, answered);
  if (WRONG_SHARES.test(complaint)) return { kind: 'rejected', complaint };
  const gone = GONE.test(complaint);
  let now: Attempt;
  try {
    now = (await findDialect(client)).attempt;
  } catch (error) {
    if (!(error instanceof OnlineError) || !gone) throw error;
    return { kind: 'changed', found: '' };
  }
  if (!now.open || now.nonce !== nonce) {
    if (gone) return { kind: 'changed', found: now.open ? now.nonce : '' };
    return { kind: 'lost', what: `${answered}, and the attempt is gone` };
  }
  if (now.progress === 0 && progressBefore + 1 >= required) return { kind: 'rejected', complaint };
  return {
    kind: 'not-sent',
    silence: false,
    error: new OnlineError(
      'server-error',
      `${client.address} didn't take the share: ${complaint || 'it gave no reason'}.`,
    ),
  };
}

/**
 * Nothing came back: what the server says now tells what it did, as far as it does. Other stations may have given shares in
 * between, so that any share may have been the last, and no progress is proof that this one was counted.
 */
export async function afterSilence(
  client: ServerClient,
  nonce: string,
  progressBefore: number,
  required: number,
  reason: string,
): Promise<ShareOutcome> {
  const last = progressBefore + 1 >= required;
  let now: Attempt;
  try {
    now = (await findDialect(client)).attempt;
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    if (last) return { kind: 'lost', what: `the server doesn't answer any more (${reason})` };
    throw new OnlineError(
      error.code,
      `${reason} Asked again what became of the share, it gave no answer either: ${error.message} Run the same command again: it finds out first.`,
    );
  }
  if (!now.open || now.nonce !== nonce) {
    const what = now.open ? 'another attempt stands in its place' : 'the attempt is gone from the server';
    return { kind: 'lost', what: `${what} (${reason})` };
  }
  const { progress } = now;
  if (progress > progressBefore) return { kind: 'unknown', progress, required, reason };
  // Progress that fell back: a wrong share at the threshold does that too, but so does a server that panicked after it had made
  // the token (DESIGN.md §5.5). Only the sweep can tell.
  if (progress < progressBefore || (last && progress === 0))
    return { kind: 'lost', what: `the attempt is open still, and counts from 0 again (${reason})` };
  return { kind: 'not-sent', error: retry(client, reason), silence: true };
}

const retry = (client: ServerClient, reason: string): OnlineError =>
  new OnlineError(
    'connection-lost',
    `${reason} Asked again, ${client.address} says that it didn't count this share. Run the same command again.`,
  );

const NEVER_SENT: ReadonlySet<string> = new Set([
  'unreachable',
  'untrusted-certificate',
  'client-certificate',
  'wrong-pin',
  'plain-http',
  'standby',
  'redirected',
]);
const neverSent = (error: OnlineError): boolean => NEVER_SENT.has(error.code);
