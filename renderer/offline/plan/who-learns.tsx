import { aloneSentence } from '../../../shared/ceremony/giving';
import { Card } from '../../parts/card';

export interface WhoLearnsProps {
  readonly method: 'pgp' | 'otp';
  /** Names of those who alone would have a quorum by this plan. */
  readonly alone: readonly string[];
}

/** The honest table: who can learn the root token, by the way it travels. */
export function WhoLearns({ method, alone }: WhoLearnsProps) {
  return (
    <Card title="Who can learn the token">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">With</th>
            <th scope="col">These can</th>
          </tr>
        </thead>
        <tbody>
          <tr className={method === 'pgp' ? 'table-on' : ''}>
            <th scope="row">PGP key</th>
            <td>The server and this laptop.</td>
          </tr>
          <tr className={method === 'otp' ? 'table-on' : ''}>
            <th scope="row">One-time password</th>
            <td>
              Those two, and any machine that saw both the password and the encoded token. So the station that
              starts must not be the one that finishes; letting it is an exception on record.
            </td>
          </tr>
          <tr>
            <th scope="row">Password made by the server</th>
            <td>Everyone on the path. Airlock never uses it.</td>
          </tr>
          <tr className={alone.length > 0 ? 'table-alarm' : ''}>
            <th scope="row">A whole quorum at one station</th>
            <td>
              Whoever controls that station. It sees the shares in clear for a moment, can rebuild the root
              key, and can start an attempt with a key of its own and lie about it to every laptop.
              {alone.length > 0 ? <b> By this plan {aloneSentence(alone)}.</b> : null}
            </td>
          </tr>
        </tbody>
      </table>
    </Card>
  );
}
