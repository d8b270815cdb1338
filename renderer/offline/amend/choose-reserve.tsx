import { useState } from 'react';
import { sharesOf } from '../../../shared/ceremony/giving';
import { stationChoices, whoCanMove } from '../../../shared/ceremony/step-in';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Choice } from '../../parts/choice';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { Statement } from '../statement';

export interface ChooseReserveProps {
  readonly ceremony: SentView;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

/** Who can't give, who gives instead, and at whose station. */
export function ChooseReserve({ ceremony, onDone, onBack }: ChooseReserveProps) {
  const { roster, server, amendment } = ceremony;
  const plan = { roster, steps: amendment?.steps ?? [], threshold: server.threshold };
  const { giving, reserves } = whoCanMove(plan);
  const [insteadOf, setInsteadOf] = useState<string | null>(null);
  const [chosenReserve, setReserve] = useState<string | null>(null);
  const [chosenStation, setStation] = useState<string | null>(null);
  const [stated, setStated] = useState<string | null>(null);
  const amend = useCall('officer.amend');
  const reserve = chosenReserve ?? (reserves.length === 1 ? (reserves[0]?.fingerprint ?? null) : null);
  const stations = insteadOf === null || reserve === null ? [] : stationChoices(plan, { insteadOf, reserve });
  const station = stations.find(({ operator }) => operator.fingerprint === chosenStation) ?? stations[0];
  const statement = station?.statement ?? null;
  const isStated = statement !== null && stated === statement;

  const submit = async () => {
    if (insteadOf === null || reserve === null || station === undefined) return;
    const givesTo = station.operator.fingerprint;
    const answer = await amend.run({ insteadOf, reserve, givesTo, stated: isStated });
    if (answer.ok) onDone();
  };
  const nameOf = (fingerprint: string): string =>
    roster.find((person) => person.fingerprint === fingerprint)?.name ?? '';
  return (
    <Step
      title="Who gives instead?"
      lead="You change the plan by a signed amendment. The attempt stays open, and shares that were given stay given."
      aside={
        <Card title="What follows from it">
          <ul>
            <li>Whoever can't give is refused at every station from then on.</li>
            <li>The reserve's laptop takes the station's new attempt code, and no older one.</li>
            <li>
              A share that reached its station before still counts in what that station has seen: nothing
              proves that it didn't.
            </li>
          </ul>
        </Card>
      }
    >
      <Form onSubmit={() => void submit()}>
        <Choice
          label="Who can’t give"
          options={giving.map(({ fingerprint, name, givesTo }) => ({
            value: fingerprint,
            name,
            hint: `gives to ${nameOf(givesTo ?? '')}'s station by the plan`,
          }))}
          value={insteadOf}
          onChange={setInsteadOf}
        />
        <Choice
          label="The reserve who steps in"
          options={reserves.map((person) => ({
            value: person.fingerprint,
            name: person.name,
            hint: sharesOf(person) === 1 ? '' : `${sharesOf(person)} shares`,
          }))}
          value={reserve}
          onChange={setReserve}
        />
        {stations.length === 0 ? null : (
          <Choice
            label="Whose station takes the share"
            options={stations.map(({ operator, seen, statement: needed }) => ({
              value: operator.fingerprint,
              name: `${operator.name}'s station`,
              hint:
                needed === null
                  ? `would see ${seen} of ${server.threshold} shares at most`
                  : `could see ${seen} of ${server.threshold} shares: a quorum`,
            }))}
            value={station?.operator.fingerprint ?? null}
            onChange={setStation}
          />
        )}
        {statement === null ? null : (
          <Statement text={statement} on={isStated} onChange={(on) => setStated(on ? statement : null)} />
        )}
        <Foot>
          <Button
            submit
            busy={amend.busy}
            disabled={station === undefined || (statement !== null && !isStated)}
          >
            Sign the amendment
          </Button>
          <Button kind="quiet" onPress={onBack}>
            Back
          </Button>
          <Problem text={amend.problem} />
        </Foot>
      </Form>
    </Step>
  );
}
