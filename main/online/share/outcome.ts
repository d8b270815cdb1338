import { type Attempt, readAnswer, readAttempt } from '../server/answer';
import type { RawAnswer, ServerClient } from '../server/client';
import { findDialect } from '../server/dialect';
import { ServerError } from '../server/server-error';

/** What became of a share. */
export type ShareOutcome =
  | { readonly kind: 'counted'; readonly progress: number; readonly required: number }
  | {
      readonly kind: 'finished';
      readonly required: number;
      readonly encodedToken: string;
      readonly pgpFingerprint: string;
    }
  /**
   * The shares together weren't right, and the server began to count anew (docs/server-facts.md, "Wrong
   * shares").
   */
  | { readonly kind: 'rejected'; readonly complaint: string }
  | { readonly kind: 'given-before' }
  /** The server didn't count it. After silence it may do so yet: a request can outlive its connection. */
  | { readonly kind: 'not-sent'; readonly error: ServerError; readonly silence: boolean }
  /** The server refused it: the attempt isn't there any more, or another one is. */
  | { readonly kind: 'changed'; readonly found: string }
  /** No answer came, and the progress rose: by this share, or by another station's. */
  | {
      readonly kind: 'unknown';
      readonly progress: number;
      readonly required: number;
      readonly reason: string;
    }
  /**
   * The share was the last one, or may have been, and its answer didn't arrive (docs/server-facts.md, "The
   * last answer comes once").
   */
  | { readonly kind: 'lost'; readonly what: string };

const WRONG_SHARES =
  /root generation aborted|failed to compute root key|unable to authenticate|root key verification failed|message authentication failed|invalid key|unseal key|does not match submitted/i;
/** The attempt was gone before this share came: it made nothing. */
const GONE = /no root generation in progress|incorrect nonce/i;
/** A standby passed the share on, and what the active server did with it isn't known. */
const PASSED_ON = /forwarding|rpc error|deadline exceeded|context canceled/i;

/**
 * What an answer to a share means. It may be one that was kept before a crash. `nonce`: of the attempt.
 * `progressBefore`: what the server counted before the share. Throws `ServerError` where the answer doesn't
 * tell, and the server no longer answers.
 */
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
    if (!(error instanceof ServerError)) throw error;
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

/**
 * The server answered with an error of its own: nothing came of this request, unless the answer is that of a
 * machine between.
 */
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
    if (!(error instanceof ServerError) || !gone) throw error;
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
    error: new ServerError(
      'server-error',
      `${client.address} didn't take the share: ${complaint || 'it gave no reason'}.`,
    ),
  };
}

/**
 * Nothing came back: what the server says now tells what it did, as far as it does. Other stations may have
 * given shares in between, so that any share may have been the last, and no progress is proof that this one
 * was counted. `reason`: a sentence that says what came instead of an answer. Throws `ServerError` where
 * there is silence again, and the share wasn't the last one.
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
    if (!(error instanceof ServerError)) throw error;
    if (last) return { kind: 'lost', what: `the server doesn't answer any more (${reason})` };
    throw new ServerError(
      error.code,
      `${reason} Asked again what became of the share, it gave no answer either: ${error.message} Give the same share again: what became of it is found out first.`,
    );
  }
  if (!now.open || now.nonce !== nonce) {
    const what = now.open ? 'another attempt stands in its place' : 'the attempt is gone from the server';
    return { kind: 'lost', what: `${what} (${reason})` };
  }
  const { progress } = now;
  if (progress > progressBefore) return { kind: 'unknown', progress, required, reason };
  // Progress that fell back: a wrong share at the threshold does that too, but so does a server that panicked
  // after it had made the token (docs/server-facts.md, "A key that the server can't use"). Only the sweep can
  // tell.
  if (progress < progressBefore || (last && progress === 0))
    return { kind: 'lost', what: `the attempt is open still, and counts from 0 again (${reason})` };
  return { kind: 'not-sent', error: retry(client, reason), silence: true };
}

const retry = (client: ServerClient, reason: string): ServerError =>
  new ServerError(
    'connection-lost',
    `${reason} Asked again, ${client.address} says that it didn't count this share. Give the same share again.`,
  );
