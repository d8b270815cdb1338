import { Card } from '../../parts/card';

/** The honest table: who can learn the root token, by the way it travels. */
export function WhoLearns({ method }: { readonly method: 'pgp' | 'otp' }) {
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
            <td>The server and this laptop. Nobody else.</td>
          </tr>
          <tr className={method === 'otp' ? 'table-on' : ''}>
            <th scope="row">One-time password</th>
            <td>
              Those two, and any machine that saw both the password and the encoded token. So the station that
              starts must not be the one that finishes.
            </td>
          </tr>
          <tr>
            <th scope="row">Password made by the server</th>
            <td>Everyone on the path. Airlock never uses it.</td>
          </tr>
        </tbody>
      </table>
    </Card>
  );
}
