import { nonceWords } from '../../../shared/words';
import { type Attempt, readAnswer, readAttempt, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { findDialect } from '../server/dialect';
import { type Dialect, requestBegin, requestCancel } from '../server/requests';
import { type Hiding, hidingBody } from '../server/secret-body';
import { AttemptError } from './attempt-error';

/**
 * Begins an attempt on the server. Throws `AttemptError` 'attempt-open', and `ServerError`, of which
 * 'connection-lost' and 'timeout' leave open whether it began.
 */
export async function beginAttempt(client: ServerClient, dialect: Dialect, hiding: Hiding): Promise<Attempt> {
  const body = hidingBody(hiding);
  try {
    const answer = readAnswer(await requestBegin(client, dialect, body), client.address);
    if (/already in progress/i.test(answer.complaint)) {
      throw attemptOpen((await findDialect(client)).attempt.nonce);
    }
    refuseComplaint(answer, client.address);
    return readAttempt(answer, client.address);
  } finally {
    body.fill(0);
  }
}

/** Cancels whatever attempt is open on the server. Throws `ServerError`. */
export async function cancelAttempt(client: ServerClient, dialect: Dialect): Promise<void> {
  refuseComplaint(readAnswer(await requestCancel(client, dialect), client.address), client.address);
}

/** The sentence for an attempt that stands in the way. */
export const attemptOpen = (nonce: string): AttemptError =>
  new AttemptError(
    'attempt-open',
    `An attempt is open on this server already: ${nonceWords(nonce)} (nonce ${nonce}). There can be only one, and nothing was started. If another station of this ceremony started it, take that station's attempt message, and join. If none did, find out who did; then cancel it, and give this start message again.`,
    `To join: airlock online join --message ATTEMPT. To cancel: airlock online cancel --nonce ${nonce}`,
  );

/**
 * As `attemptOpen`, where this station asked for an attempt with a one-time password and has no answer on
 * record.
 */
export const ownPerhaps = (nonce: string): AttemptError =>
  new AttemptError(
    'attempt-open',
    `An attempt is open on this server: ${nonceWords(nonce)} (nonce ${nonce}). This station asked for one before and has no answer on record, so it may be its own or a stranger's: with a one-time password nothing in the attempt tells. Don't use it. Cancel it, then give this same start message again, which starts a new one; no share was given here yet, so nothing is lost. If it comes back, find out who else starts attempts.`,
    `To cancel: airlock online cancel --nonce ${nonce}`,
  );
