import { type Answer, readAnswer, readTokenFacts, refuseComplaint } from '../server/answer';
import { requestRevokeSelf } from '../server/requests';
import { ServerError } from '../server/server-error';
import { asking } from '../token/asked-again';
import { askForToken } from '../token/lookup';
import { standOf } from './hand';
import { HandoffError } from './handoff-error';
import { cut, type OpenHand } from './run-task';

/**
 * Looks the token up and puts on record whose it is; once. What is no root token is named: nothing but
 * revoking is done with it then. A token that this server knew, and doesn't know any more, is dead: that is
 * recorded as the proof. Throws `HandoffError` 'unknown-token', `ServerError`, `StoreError`.
 */
export async function lookUp(open: OpenHand): Promise<void> {
  const { context, hand, token } = open;
  const { address } = context.client;
  const answer = await asking(() => askForToken(context.client, { token }));
  const run = standOf(hand);
  if (answer.ok) {
    if (run.token !== null) return;
    const { accessor, policies, path } = readTokenFacts(answer, address);
    hand.journal.append('token-opened', {
      digest: run.handoff,
      accessor: accessor || 'none',
      differs: cut(differenceOf(policies, path)),
    });
    return;
  }
  if (!isDead(answer)) refuseComplaint(answer, address);
  if (run.token !== null) return recordDead(open, run.token.accessor, answer);
  throw new HandoffError(
    'unknown-token',
    `${address} doesn’t know the token that was handed over: it was revoked already, it has ended, or it was never of this server. Nothing was done with it, and nothing is proven. Look whether this is the server of the plan; then take the handoff in again.`,
  );
}

function differenceOf(policies: readonly string[], path: string): string {
  if (!policies.includes('root'))
    return `It is no root token: its policies are ${policies.join(', ') || 'none'}. No task is done with it; it is only revoked.`;
  if (!/(^|\/)auth\/token\/root$/.test(path))
    return `It was not made by a ceremony: the server says that it comes from ${path || 'nowhere'}. No task is done with it; it is only revoked.`;
  return '';
}

/**
 * Revokes the token, and proves it by looking it up: the server has to refuse it. Whether the answer to the
 * revocation comes doesn't matter; that refusal does. Throws `HandoffError` 'not-revoked', `ServerError`,
 * `StoreError`.
 */
export async function endToken(open: OpenHand): Promise<void> {
  const { context, hand, token } = open;
  const { client } = context;
  const { revoking, token: opened } = standOf(hand);
  if (opened === null) return;
  if (!revoking) hand.journal.append('revoke-intent', { by: 'token' });
  try {
    // What it says is proven, or not, by what follows.
    readAnswer(await requestRevokeSelf(client, token), client.address);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
  }
  const after = await asking(() => askForToken(client, { token }));
  if (after.ok) {
    throw new HandoffError(
      'not-revoked',
      `The server knows the token still (accessor ${opened.accessor}): it is alive. Nothing else can be done with it now. Revoke it again, and look at the server.`,
      'Type airlock online tasks --revoke',
    );
  }
  if (!isDead(after)) refuseComplaint(after, client.address);
  recordDead(open, opened.accessor, after);
}

/** The words of a server that doesn't know a token: a machine between might answer 403, too. */
const isDead = ({ status, complaint }: Answer): boolean =>
  (status === 403 || status === 400) && /permission denied|bad token|invalid token/i.test(complaint);

const recordDead = ({ hand }: OpenHand, accessor: string, { status, complaint }: Answer): void => {
  const proof = `auth/token/lookup-self answers ${status}: ${complaint}`;
  hand.journal.append('token-revoked', { by: 'token', proof: cut(proof), accessor });
};
