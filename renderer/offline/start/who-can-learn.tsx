import { Card } from '../../parts/card';

/** Who can learn the token, the way this ceremony goes. */
export function WhoCanLearn({ otp, sameStation }: { readonly otp: boolean; readonly sameStation: boolean }) {
  return (
    <Card title="Who can learn the token">
      <ul>
        <li>The server</li>
        <li>
          <b>This laptop</b>, with your passphrase
        </li>
        {otp ? (
          <li>
            Any machine that sees both the password and the encoded token.{' '}
            {sameStation ? (
              <b>One station may start and finish: it can read the token.</b>
            ) : (
              <b>Let another station finish than the one that starts.</b>
            )}
          </li>
        ) : (
          <li>Nobody else, the online station included</li>
        )}
      </ul>
    </Card>
  );
}
