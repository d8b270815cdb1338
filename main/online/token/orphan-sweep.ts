import { inNamespace } from '../../../shared/ceremony/namespace';
import type { ServerIdentity } from '../../../shared/message/body';

type Place = Pick<ServerIdentity, 'namespace'>;

/**
 * What to do when a root token may live that nobody holds: a sentence for the operator. `what`: a clause that
 * says how the server's answer was lost. `now`: about when the token was made. `place`: the server of the
 * attempt.
 */
export const sweepSentence = (what: string, now: Date, place: Place): string =>
  `The share that was sent was the last, or may have been, and this station does not hold the server's answer: ${what}. First ask the other stations of this ceremony: where one has the result, the token is the officer's to decode, and nothing is to be swept. Else: the server gives the last answer only once, so a live root token may exist now that nobody holds. Sweep for it${inNamespace(place)}: with a server token that may, list the accessors (auth/token/accessors), look each up, and revoke every one with policy root and path ${rootPathOf(place)} that was created about ${now.toISOString().slice(0, 16)}Z. If an attempt is open still, cancel it; then start anew.`;

/** Where a server says that a root token was made (docs/server-facts.md, "Namespaces"). */
export const rootPathOf = ({ namespace }: Place): string =>
  namespace === undefined
    ? 'auth/token/root'
    : 'namespaces/<uuid>/auth/token/root (<uuid> is that of the namespace)';

/** What a terminal adds to it. */
export function sweepCommands({ namespace }: Place): string {
  if (namespace === undefined) return wholeServerCommands;
  const where = `-namespace=${namespace}`;
  const namespaceCommands = `To sweep: airlock online sweep --namespace ${namespace}. The same by hand: bao list ${where} auth/token/accessors, and bao token lookup ${where} -accessor ACCESSOR for each. To revoke what was found: airlock online sweep --namespace ${namespace} --revoke ACCESSOR. To cancel: airlock online cancel --namespace ${namespace}`;
  return namespaceCommands;
}

const wholeServerCommands =
  'To sweep: airlock online sweep. The same by hand: vault list auth/token/accessors, and vault token lookup -accessor ACCESSOR for each. To revoke what was found: airlock online sweep --revoke ACCESSOR. To cancel: airlock online cancel';
