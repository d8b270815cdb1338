import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import { sentenceCase, tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Secret } from '../../parts/secret';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { secretName } from '../names';
import { useReveal } from '../reveal';
import { AliveFor } from './alive-for';
import { DecodedFor, TimeIsOver } from './decoded-for';
import { groupedToken } from './grouped-token';
import { HandOver } from './hand-over';
import { RevokedButton } from './revoked-button';
import { TasksCard } from './tasks-card';

type Decoded = OfficerViewAt<'decode' | 'destroy'>;
type Token = NonNullable<Decoded['token']>;

/** A token exists: read it while holding the key, use it for the plan, have it revoked. */
export function LiveToken({ ceremony, token }: { readonly ceremony: Decoded; readonly token: Token }) {
  const reveal = useReveal('officer.token.reveal');
  const forget = useCall('officer.token.forget');
  const kind = ceremony.draft.tokenKind;
  const otp = ceremony.secret.kind === 'otp';
  const secret = secretName(ceremony.secret);
  // Once it is handed over, this screen is for showing it by hand all the same.
  const offered = kind === 'root' && token.handoff === null ? ceremony.result.station : null;
  return (
    <Step
      title={`${sentenceCase(tokenKindWords(kind).one)} exists`}
      lead={
        kind === 'root'
          ? 'It can do anything, and it never expires. Use it for the plan, then revoke it. Everyone in the room watches until then.'
          : `${tokenKindSentence(kind)} Everyone in the room watches until then.`
      }
      aside={
        <>
          <TasksCard ceremony={ceremony} />
          <Card title={kind === 'recovery' ? 'How it ends' : kind === 'dr' ? 'Delete it' : 'Revoke it'}>
            {kind === 'root' ? null : <p>{tokenKindWords(kind).ends}</p>}
            {kind === 'recovery' ? null : (
              <ul>
                <li>
                  The operator types the token at the online station as you read it out, at the step “Token”:
                  it does not show there.
                </li>
                <li>
                  {kind === 'dr'
                    ? 'It is deleted at the secondary, where tokens can’t be looked up. Then it is deleted once more: that must be refused.'
                    : 'Or, where a terminal of theirs uses it already: vault token revoke -self. Without the token, by its accessor, with another token that may revoke. The server is asked about the token afterwards, and must not know it any more.'}
                </li>
                <li>Destroying the {secret} here does not revoke the token.</li>
              </ul>
            )}
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <TimeIsOver since={token.decodedAt} minutes={ceremony.draft.tokenMinutes} kind={kind} />
      <Secret
        name={sentenceCase(tokenKindWords(kind).name)}
        reveal={reveal}
        shown={groupedToken}
        letter="R"
        testId="token"
      />
      <p className="quiet">
        In groups of four, for reading aloud: the gaps are no characters of it. Capitals and small letters
        differ.
      </p>
      <Facts
        facts={[
          ['Kind', <Kind key="kind" token={token} />],
          ['Alive for', <AliveFor key="alive" since={ceremony.result.takenAt} />],
          [
            'Decoded for',
            <DecodedFor key="decoded" since={token.decodedAt} minutes={ceremony.draft.tokenMinutes} />,
          ],
          [
            'Key matches',
            ceremony.secret.kind === 'otp' ? null : (
              <KeyMatches
                key="matches"
                fingerprint={ceremony.secret.fingerprint}
                matches={token.keyMatches}
              />
            ),
          ],
          ['Decoded with', otp ? 'the one-time password of this ceremony' : null],
        ]}
      />
      {token.caution === null ? null : <p className="caution">{token.caution}</p>}
      <Foot>
        {offered === null ? null : <HandOver operator={offered.operator} station={offered.label} />}
        <RevokedButton token={kind} kind={offered === null ? 'primary' : 'quiet'} />
        <Button kind="quiet" busy={forget.busy} onPress={() => void forget.run({})}>
          Forget it for now
        </Button>
        <Problem text={forget.problem} />
      </Foot>
      {offered === null ? null : (
        <More title="The station shows its result anew, with a newer key">
          <TakeCode what="the result’s newer code" aside />
        </More>
      )}
      <p className="quiet after">
        Say “It {tokenKindWords(kind).isDead}” once the operator{' '}
        {kind === 'recovery'
          ? 'has seen the server run as usual again'
          : 'has seen the server refuse the token'}
        . The next step destroys the {secret}.
      </p>
    </Step>
  );
}

function Kind({ token }: { readonly token: Token }) {
  return (
    <>
      {token.kind}
      {token.prefix === '' ? ', no prefix' : <Prefix prefix={token.prefix} />}, {token.length} characters
    </>
  );
}

function Prefix({ prefix }: { readonly prefix: string }) {
  return (
    <>
      , <code>{prefix}</code>
    </>
  );
}

function KeyMatches({
  fingerprint,
  matches,
}: {
  readonly fingerprint: string;
  readonly matches: boolean | null;
}) {
  if (matches === null) return <>not known: the result came unsigned</>;
  const key = <code>{fingerprint}</code>;
  return matches ? (
    <>
      <span className="good">yes</span>, the server named {key}
    </>
  ) : (
    <>
      <span className="bad">no</span>, the server named another key than {key}
    </>
  );
}
