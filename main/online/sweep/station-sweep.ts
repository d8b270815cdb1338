import type { ServerIdentity } from '../../../shared/message/body';
import type { Journal } from '../../store/journal';
import { askHealth, identityOf } from '../server/health';
import type { StationContext } from '../station-context';
import { type FoundRootToken, foundRootToken, isMadeFromShares } from '../token/root-token-found';
import { type Account, type Accounts, accountsOf } from './accounted';
import { lostLimitedTokens, type StrayToken, strayOf } from './lost-limited-token';
import { type SweepOptions, sweepTokens } from './sweep';
import type { SweepProgress } from './sweep-progress';
import { type RecordWishes, sweepPlace } from './sweep-record';

/** A root token that a sweep found, and what this home's transcripts tell of it. */
export interface SweptRootToken extends FoundRootToken {
  /** It is the token that the server was asked with. */
  readonly own: boolean;
  /** Null: no transcript of this home accounts for it. */
  readonly account: Account | null;
}

/** What a sweep found, of every token of a server. */
export interface SweepResult extends Omit<SweepProgress, 'roots' | 'others' | 'listedAll'> {
  readonly server: ServerIdentity;
  /** '' for the server's own tokens: those of its namespaces are not among them. */
  readonly namespace: string;
  readonly roots: readonly SweptRootToken[];
  /** Limited tokens that a plan's task may have made, and whose answer was lost: nobody holds them. */
  readonly strays: readonly StrayToken[];
  /** Ceremonies (hex; '' for the home's journal) whose journal is damaged: they account for nothing. */
  readonly damaged: readonly string[];
  /** Hex of the ceremony in whose transcript it stands; null: in the home's journal. */
  readonly ceremony: string | null;
}

/** A sweep at a station: where it goes on record, and how it is followed. */
export type StationSweepOptions = Omit<RecordWishes, 'server'> & Omit<SweepOptions, 'clock' | 'wanted'>;

/**
 * Sweeps a server, holds what it finds against the transcripts of this home, and puts on record that every
 * token was looked at. Throws as `sweepTokens` and `sweepPlace` do, and `ServerError` where the server is
 * sealed or can't be reached.
 */
export async function sweepAtStation(
  context: StationContext,
  { ceremony, rehearsal, ...options }: StationSweepOptions,
): Promise<SweepResult> {
  const { client, clock, home } = context;
  const { server, ahead } = await serverNow(context);
  // Before minutes are spent: where it would stand, if it can't stand there.
  const wishes = { server, ceremony, rehearsal };
  sweepPlace(context, wishes);
  const lost = lostLimitedTokens(home, server);
  const strays: StrayToken[] = [];
  const { roots, asker, listed, asked, gone, unreadable } = await sweepTokens(client, {
    ...options,
    clock,
    wanted: (facts) => {
      const stray = strayOf(lost, facts, ahead);
      if (stray === null) return false;
      const { ceremony: from, title, task } = stray;
      strays.push({ ...foundRootToken(facts.accessor, facts), ceremony: from, title, task });
      return true;
    },
  });
  const accounts = accountsOf(home, server, ahead);
  const swept = roots.map((root) => sweptRoot(root, asker, accounts));
  const { journal, state } = sweepPlace(context, wishes);
  // A sweep for limited tokens of a ceremony whose root token is accounted for is clean without them.
  const forStrays =
    state !== null && state.step !== 'lost' && lost.some((each) => each.ceremony === state.id);
  const looked = forStrays ? [] : swept;
  const suspects = looked.filter((root) =>
    state === null ? !root.own && root.account === null : isSuspect(root, state.id, journal, ahead),
  );
  journal.append('tokens-swept', {
    accessors: asked,
    gone,
    roots: swept.length,
    suspects: suspects.length + strays.filter((each) => state === null || each.ceremony === state.id).length,
    namespace: client.namespace,
  });
  return {
    server,
    namespace: client.namespace,
    listed,
    asked,
    gone,
    unreadable,
    roots: swept,
    strays,
    damaged: accounts.unreadable,
    ceremony: state?.id ?? null,
  };
}

/** The server that is asked, and by how many milliseconds its clock is ahead of this station's. */
export async function serverNow({
  client,
  clock,
}: StationContext): Promise<{ readonly server: ServerIdentity; readonly ahead: number }> {
  const { health, date } = await askHealth(client);
  return {
    server: identityOf(client, health),
    ahead: date === null ? 0 : date.getTime() - clock().getTime(),
  };
}

function sweptRoot(root: FoundRootToken, asker: string, accounts: Accounts): SweptRootToken {
  const own = asker !== '' && root.accessor === asker;
  const account = accounts.of(root);
  // What was lost is in nobody's hands: the one that asks is another one of the same minutes.
  return { ...root, own, account: own && account?.by === 'lost' ? null : account };
}

/**
 * Whether a root token may be the one that a ceremony's lost answer made: this ceremony accounts for it, or
 * nothing does and it was made since the ceremony began here. Clocks may have been set since, by an hour or
 * so.
 */
function isSuspect(root: SweptRootToken, ceremony: string, journal: Journal, ahead: number): boolean {
  if (root.own || !isMadeFromShares(root.path)) return false;
  if (root.account !== null) return root.account.ceremony === ceremony;
  if (root.createdAt === null) return true;
  const begun = Date.parse(journal.entries()[0]?.at ?? '');
  return !(root.createdAt.getTime() - ahead < begun - 3_600_000);
}
