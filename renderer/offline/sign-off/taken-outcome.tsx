import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { More } from '../../parts/more';
import { Secret } from '../../parts/secret';
import { useReveal } from '../reveal';

/** What became of the token, before a custodian signs: as the station that had it has proven it. */
export function TakenOutcome({ outcome }: { readonly outcome: CustodianView['outcome'] }) {
  if (outcome === null) {
    return (
      <More title="A station shows what became of the token">
        <TakeCode what="the station’s outcome" aside />
      </More>
    );
  }
  return (
    <>
      <Card title={`Revoked, proven by ${outcome.station}`}>
        <ul>
          <li>{outcome.proof}</li>
          {outcome.tasks.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
      {outcome.forYou ? <Brought /> : null}
    </>
  );
}

/** What a task made for this person: as the server has answered it, for nobody else to read. */
function Brought() {
  const reveal = useReveal('custodian.brought.reveal');
  return <Secret name="Made for you by a task" marked reveal={reveal} letter="R" testId="brought" />;
}
