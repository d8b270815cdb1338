import type { JournalLine } from '../../../shared/transcript/event';
import type { Journal } from '../../store/journal';
import { type Answer, readAnswer, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestRevokeAccessor, requestRevokeSelf } from '../server/requests';
import { ServerError } from '../server/server-error';
import { asking } from './asked-again';
import { LiveTokenError } from './live-token-error';
import {
  askForToken,
  isUnknown,
  isUnknownAccessor,
  lookupAsker,
  lookupToken,
  recordedAccessor,
  type TokenName,
} from './lookup';
import { policyFor } from './token-policy';

/** A token that was revoked, and the proof of it. */
export interface Revocation {
  readonly accessor: string;
  /** 'restart': with the recovery mode that a recovery token was made in. */
  readonly by: 'token' | 'accessor' | 'restart';
  /**
   * [] where the token was gone already: a revocation that was cut off before its proof had done its work.
   */
  readonly policies: readonly string[];
  /** How it was seen that the token is dead. */
  readonly proof: string;
}

/**
 * Revokes a token and proves it by looking it up. One whose revocation was cut off before its proof is proven
 * now. Throws `LiveTokenError` 'token-needed' (an accessor says nothing without a token), 'unknown-token',
 * 'not-revoked', 'revoke-refused', 'unproven', and `ServerError`, `StoreError`.
 */
export async function revokeToken(
  client: ServerClient,
  name: TokenName,
  journal: Journal,
): Promise<Revocation> {
  const by = 'token' in name ? 'token' : 'accessor';
  if (by === 'accessor' && !client.hasToken) {
    throw new LiveTokenError(
      'token-needed',
      'Revoking by accessor needs a token that may do so. The token itself can be revoked without another.',
      'Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file; or give the token itself with --token-file.',
    );
  }
  const facts = await lookupToken(client, name);
  if (facts === null) {
    if ('accessor' in name && isCutOff(journal.entries(), name.accessor))
      return proveCutOff(client, name, journal);
    throw new LiveTokenError(
      'unknown-token',
      by === 'token'
        ? `The server doesn't know this token: it was revoked already, it has ended, or it was never of this server. Nothing was revoked.${begunBefore(journal.entries())}`
        : "The server doesn't know this accessor: its token was revoked already, it has ended, or it was never of this server. Nothing was revoked.",
    );
  }
  const isOwn = 'accessor' in name && (await lookupAsker(client))?.accessor === name.accessor;
  journal.append('revoke-intent', { by, ...recordedAccessor(facts) });
  /** Why the server didn't say yes, where it didn't: what it came to, a lookup tells. */
  let lost: ServerError | LiveTokenError | null = null;
  try {
    const answer =
      'token' in name
        ? await requestRevokeSelf(client, name.token)
        : await requestRevokeAccessor(client, 'configured', name.accessor);
    refuseRevocation(readAnswer(answer, client.address), client.address, by);
  } catch (error) {
    if (!(error instanceof ServerError || error instanceof LiveTokenError)) throw error;
    // Also a refusal: whoever has the same token revoked twice, as a proxy may, is refused the second time.
    lost = error;
  }
  const proof = await proofOf(client, name, facts.accessor, { isOwn, lost });
  journal.append('token-revoked', { by, proof, ...recordedAccessor(facts) });
  return { accessor: facts.accessor, by, policies: facts.policies, proof };
}

/** Looks a token up that was just revoked: what the server answers, where that means that it is dead. */
async function proofOf(
  client: ServerClient,
  name: TokenName,
  accessor: string,
  { isOwn, lost }: { readonly isOwn: boolean; readonly lost: ServerError | LiveTokenError | null },
): Promise<string> {
  let after: Answer;
  try {
    after = await asking(() => askForToken(client, name));
  } catch (error) {
    throw unproven(lost instanceof ServerError ? lost : error, accessor);
  }
  // A request can outlive its connection: one that is lost may come to the server later.
  if (after.ok && lost !== null) throw unproven(lost, accessor);
  if (after.ok) {
    throw new LiveTokenError(
      'not-revoked',
      `The server took the request, but still knows the token (accessor ${accessor}). It is alive: revoke it again, and look at the server.`,
    );
  }
  // A refusal must mean that the token is dead, not that this lookup isn't allowed. Whoever asked with the
  // very token that is revoked now may ask nothing any more: that is the proof then.
  const dead = 'token' in name ? isUnknown(after) : isUnknownAccessor(after) || (isOwn && isUnknown(after));
  if (!dead) throw unproven(lost instanceof ServerError ? lost : notDead(after, client.address), accessor);
  return proofText(name, after);
}

/** As the proof stands on record. */
const proofText = (name: TokenName, { status, complaint }: Answer): string =>
  `auth/token/${'token' in name ? 'lookup-self' : 'lookup-accessor'} answers ${status}${complaint ? `: ${complaint}` : ''}`.slice(
    0,
    300,
  );

/** Whether the last that a journal says of the accessor is that its revocation begins. */
export function isCutOff(lines: readonly JournalLine[], accessor: string): boolean {
  const last = lines
    .filter(
      ({ event, data }) =>
        (event === 'revoke-intent' || event === 'token-revoked') && data.accessor === accessor,
    )
    .at(-1);
  return last?.event === 'revoke-intent';
}

/** What is said of a revocation by the token itself that was begun here and is not proven; '' for none. */
function begunBefore(lines: readonly JournalLine[]): string {
  const begun = lines.flatMap(({ event, data }) =>
    event === 'revoke-intent' && data.by === 'token' && data.accessor !== undefined ? [data.accessor] : [],
  );
  const cutOff = begun.filter((accessor) => isCutOff(lines, accessor)).at(-1);
  return cutOff === undefined
    ? ''
    : ` A revocation of the token with accessor ${cutOff} is on record here as begun, and not as proven: by that accessor, and with a server token that may, it can be proven still.`;
}

/** The token is gone, and a revocation of it had begun here: the proof of it is put on record now. */
async function proveCutOff(
  client: ServerClient,
  name: { readonly accessor: string },
  journal: Journal,
): Promise<Revocation> {
  const { accessor } = name;
  const proof = await proofOf(client, name, accessor, { isOwn: false, lost: null });
  journal.append('token-revoked', { by: 'accessor', proof, accessor });
  return { accessor, by: 'accessor', policies: [], proof };
}

/** Throws `LiveTokenError` 'revoke-refused' where the token that asks may not; else as `refuseComplaint`. */
function refuseRevocation(answer: Answer, address: string, by: Revocation['by']): void {
  try {
    refuseComplaint(answer, address);
  } catch (error) {
    if (!(error instanceof ServerError && error.code === 'token-refused')) throw error;
    throw new LiveTokenError(
      'revoke-refused',
      by === 'token'
        ? `${error.message} Nothing was revoked.`
        : `${address} refuses to revoke a token by its accessor (${answer.complaint || `status ${answer.status}`}). Nothing was revoked. The server token may have ended; or its policy lacks: ${policyFor('revoke')}`,
      error.typed,
    );
  }
}

const notDead = ({ status, complaint }: Answer, address: string): ServerError =>
  new ServerError(
    'server-error',
    `${address} took the request to revoke, and then did not say that the token is gone (status ${status}${complaint ? `: ${complaint}` : ''}).`,
  );

/**
 * The request went out, or may have: what came of it isn't known. What is no error of a server's stays as it
 * is.
 */
const unproven = (error: unknown, accessor: string): unknown =>
  error instanceof ServerError
    ? new LiveTokenError(
        'unproven',
        `${error.message} The revocation of the token${accessor === '' ? '' : ` with accessor ${accessor}`} is on record as begun, and not as proven: the token may be alive. Do the same again.`,
        error.typed,
      )
    : error;
