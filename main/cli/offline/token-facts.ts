import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import type { Rows } from './code-out';

/** What is known of a token without the token; null where none was decoded. */
export const tokenFacts = (state: OfficerCeremony) => ('token' in state ? state.token : null);

/** The same as rows. */
export function tokenRows(state: OfficerCeremony): Rows {
  const token = tokenFacts(state);
  if (token === null || !('server' in state) || state.server === null) return [['Token', 'not decoded here']];
  const { server } = state;
  const { tokenKind } = state.draft;
  return [
    [
      'Token',
      `${token.kind}, ${token.length} characters${token.prefix === '' ? '' : `, begins with ${token.prefix}`}`,
    ],
    ['It is', tokenKindWords(tokenKind).one],
    ['', tokenKindSentence(tokenKind, server.namespace)],
    [
      'Made for',
      token.keyMatches === null
        ? undefined
        : token.keyMatches
          ? 'this ceremony’s key'
          : 'ANOTHER KEY, as the result says: tell the operator',
    ],
    ['Decoded', token.decodedAt],
    ['Caution', token.caution ?? undefined],
    ['Handed over', token.handoff === null ? undefined : `to ${token.handoff.station}, sealed`],
    [
      tokenKind === 'root' ? 'Revoked' : tokenKind === 'dr' ? 'Deleted' : 'Ended',
      token.outcome !== null
        ? `yes, proven by ${token.outcome.station}: ${token.outcome.proof}`
        : token.revocationReported
          ? 'yes, by word: as the operator says'
          : 'not reported yet',
    ],
  ];
}
