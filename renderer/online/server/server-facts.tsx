import { shareKindName } from '../../../shared/ceremony/share-kind';
import type { ServerView } from '../../../shared/ipc/online/app-state';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { timeOf } from '../../parts/names';
import { Problem } from '../../parts/problem';

/** What the server said of itself when it was asked last, in plain words. */
export function ServerFacts({ server: { facts, askedAt, problem } }: { readonly server: ServerView }) {
  if (facts === null) return null;
  return (
    <Card title="What the server says">
      <Facts
        facts={[
          ['Address', facts.address],
          ['Version', facts.version],
          ['Cluster', facts.clusterName || facts.clusterId],
          ['Namespace', facts.namespace ?? null],
          ['State', facts.standby ? 'a standby: it passes requests on' : 'active'],
          ['A quorum', `${facts.threshold} of ${facts.shares} ${shareKindName(facts.shareKind) || 'shares'}`],
          ['Its clock', `${facts.serverTime.slice(11, 16)} UTC`],
          ['Makes', tokenKindWords(facts.tokenKind).one],
          ['Way to a token', facts.tokenNeeded ? 'needs a server token' : 'open to whoever reaches it'],
          [
            'Attempt',
            facts.attempt === null
              ? 'none is open'
              : `${facts.attempt.words} is open, ${facts.attempt.progress} of ${facts.attempt.required}`,
          ],
          ['Asked', askedAt === null ? '' : `at ${timeOf(askedAt)}`],
        ]}
      />
      <Problem text={problem} />
    </Card>
  );
}
