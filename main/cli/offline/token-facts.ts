import type { OfficerCeremony } from '../../../shared/ceremony/officer';
import type { Rows } from './code-out';

/** What is known of a token without the token; null where none was decoded. */
export const tokenFacts = (state: OfficerCeremony) => ('token' in state ? state.token : null);

/** The same as rows. */
export function tokenRows(state: OfficerCeremony): Rows {
  const token = tokenFacts(state);
  if (token === null) return [['Token', 'not decoded here']];
  return [
    [
      'Token',
      `${token.kind}, ${token.length} characters${token.prefix === '' ? '' : `, begins with ${token.prefix}`}`,
    ],
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
    ['Revoked', token.revocationReported ? 'yes, as the operator says' : 'not reported yet'],
  ];
}
