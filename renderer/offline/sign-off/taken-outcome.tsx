import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { More } from '../../parts/more';
import { Brought } from '../brought/brought';

/** What became of the token, before a custodian signs: as the station that had it says. */
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
      <Card title={`Revoked, as ${outcome.station} says`}>
        <p>
          {outcome.vouched
            ? `${outcome.operator} signed this, and the officer’s signed handoff names ${outcome.operator}’s station. This laptop can’t ask the server itself.`
            : `${outcome.operator} signed this. Nothing here tells whether the officer handed the token over to that station: ask the officer before you sign.`}
        </p>
        <ul>
          <li>{outcome.proof}</li>
          {outcome.tasks.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Card>
      {outcome.brought === null ? null : <Brought digest={outcome.brought} />}
    </>
  );
}
