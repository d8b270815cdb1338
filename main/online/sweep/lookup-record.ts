import type { TokenFacts } from '../server/answer';
import type { StationContext } from '../station-context';
import { LiveTokenError } from '../token/live-token-error';
import { lookupToken, recordedAccessor, type TokenName } from '../token/lookup';
import { foundRootToken } from '../token/root-token-found';
import { accountsOf } from './accounted';
import { factsByAccessor } from './root-revocation';
import { serverNow } from './station-sweep';
import { type RecordWishes, revocationPlace } from './sweep-record';

/** What the server said of a token, and where that stands on record. */
export interface RecordedLookup {
  readonly facts: TokenFacts;
  /** Hex of the ceremony in whose transcript it stands; null: in the home's journal. */
  readonly ceremony: string | null;
}

/**
 * Looks a token up, and puts on record what is no secret of it: in the transcript of the ceremony that is
 * named, else of the one that made the token, else in the home's journal. Throws `LiveTokenError`
 * 'unknown-token', 'token-needed', 'lookup-refused', `ServerError`, and as `revocationPlace` does.
 */
export async function lookupOnRecord(
  context: StationContext,
  name: TokenName,
  { ceremony, rehearsal }: Omit<RecordWishes, 'server'>,
): Promise<RecordedLookup> {
  const { client, home } = context;
  const { server, ahead } = await serverNow(context);
  // A token whose uses are counted is asked about once only.
  const facts =
    'accessor' in name ? await factsByAccessor(client, name.accessor) : await lookupToken(client, name);
  if (facts === null) {
    throw new LiveTokenError(
      'unknown-token',
      `The server doesn’t know this ${'accessor' in name ? 'accessor: its token' : 'token: it'} was revoked, it has ended, or it was never of this server. Nothing was put on record.`,
    );
  }
  const account = accountsOf(home, server, ahead).of(foundRootToken(facts.accessor, facts));
  const { journal, state } = revocationPlace(context, { server, ceremony, rehearsal }, account);
  journal.append('token-looked-up', {
    by: 'token' in name ? 'token' : 'accessor',
    policies: facts.policies.slice(0, 64),
    ttl: Math.max(0, Math.floor(facts.ttl)),
    ...recordedAccessor(facts),
  });
  return { facts, ceremony: state?.id ?? null };
}
