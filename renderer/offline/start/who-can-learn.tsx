import { aloneSentence, whoSeesQuorum } from '../../../shared/ceremony/giving';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { Card } from '../../parts/card';

const nobodyElse = { pgp: 'Nobody else', otp: 'No station besides' } as const;

/** Who can learn the token, the way this ceremony goes. */
export function WhoCanLearn({ ceremony }: { readonly ceremony: SentView }) {
  const { secret, draft, roster, amendment, server } = ceremony;
  const alone = whoSeesQuorum(roster, amendment?.steps ?? [], server.threshold).map(({ name }) => name);
  const isByPlan = roster.some(({ givesTo }) => givesTo !== undefined);
  return (
    <Card title="Who can learn the token">
      <ul>
        <li>The server</li>
        <li>
          <b>This laptop</b>, with your passphrase
        </li>
        {secret.kind === 'otp' ? (
          <li>
            Any machine that sees both the password and the encoded token.{' '}
            {draft.sameStationAllowed ? (
              <b>One station may start and finish: it can read the token.</b>
            ) : (
              <b>Let another station finish than the one that starts.</b>
            )}
          </li>
        ) : null}
        {alone.length > 0 ? (
          <li className="alone">
            By this plan {aloneSentence(alone)}: whoever sees a whole quorum can also start an attempt with a
            key of their own and lie about it to every laptop.
          </li>
        ) : null}
        {isByPlan ? null : (
          <li>
            Whoever controls a station that submits a whole quorum. The plan names no stations, so nothing
            prevents it: have the shares typed at two of them.
          </li>
        )}
        {isByPlan && alone.length === 0 ? (
          <li>{nobodyElse[secret.kind]}: no station gets a whole quorum</li>
        ) : null}
      </ul>
    </Card>
  );
}
