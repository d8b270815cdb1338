import { shareKindName } from '../../../shared/ceremony/share-kind';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { nonceWords } from '../../../shared/words';
import { openAttempt, type ServerFacts } from '../../online/server/facts';
import { columns } from '../parts/table';

/** What the server says, as a table for a person. */
export function factsText(facts: ServerFacts): string {
  const { server, attempt } = facts;
  return columns([
    ['Server', `${server.address}${facts.standby ? '  (standby; passes requests on)' : ''}`],
    ['Version', server.version],
    ['Cluster', [server.clusterName, server.clusterId].filter((text) => text !== '').join('  ')],
    ['Namespace', server.namespace],
    ['Shares', quorumText(facts)],
    ['OTP length', facts.otpLength === 0 ? 'none named: a server of the UUID era' : facts.otpLength],
    ["Server's clock", facts.serverTime.toISOString().slice(0, 19).replace('T', ' ').concat(' UTC')],
    ['Makes', tokenKindWords(facts.tokenKind).one],
    ['Way to a token', `${facts.dialect}${facts.tokenNeeded ? ' (with a server token)' : ''}`],
    [
      'Attempt',
      attempt.open
        ? `open: ${nonceWords(attempt.nonce)}  (${attempt.nonce}), ${attempt.progress} of ${attempt.required}`
        : 'none open',
    ],
  ]);
}

/** "3 of 5 make a quorum: unseal key shares" */
function quorumText({ threshold, shares, server }: ServerFacts): string {
  const kind = shareKindName(server.shareKind);
  return `${threshold} of ${shares} make a quorum${kind === '' ? '' : `: ${kind}`}`;
}

/** What `--json` prints of it. */
export const factsJson = (facts: ServerFacts) => ({
  server: facts.server,
  standby: facts.standby,
  threshold: facts.threshold,
  shares: facts.shares,
  otpLength: facts.otpLength,
  serverTime: facts.serverTime.toISOString(),
  dialect: facts.dialect,
  tokenKind: facts.tokenKind,
  tokenNeeded: facts.tokenNeeded,
  attempt: openAttempt(facts),
});
