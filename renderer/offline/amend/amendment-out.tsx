import { whoCanMove } from '../../../shared/ceremony/step-in';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { Compared } from '../../parts/sign-off/compared';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';

export interface AmendmentOutProps {
  readonly ceremony: SentView;
  readonly amendment: NonNullable<SentView['amendment']>;
  readonly onDone: () => void;
  readonly onAnother: () => void;
}

/** The amendment on its way to every station of the plan. */
export function AmendmentOut({ ceremony, amendment, onDone, onAnother }: AmendmentOutProps) {
  const { roster, server } = ceremony;
  const { number, steps, outgoing } = amendment;
  const nameOf = (fingerprint: string): string =>
    roster.find((person) => person.fingerprint === fingerprint)?.name ?? '';
  const { reserves } = whoCanMove({ roster, steps, threshold: server.threshold });
  return (
    <Step
      title="Carry this to every station"
      lead="Each operator takes it in at their station, and shows a new attempt code, which the reserve takes."
      code={<ShowCode outgoing={outgoing} />}
    >
      <Facts
        facts={[
          ['Amendment', `${number} of this plan; it takes the place of earlier ones`],
          ...steps.map(
            ({ reserve, insteadOf, givesTo }) =>
              [
                nameOf(reserve),
                `gives instead of ${nameOf(insteadOf)}, to ${nameOf(givesTo)}'s station`,
              ] as const,
          ),
          ['Read aloud', <Words key="words" words={outgoing.words} of="Words of the amendment" />],
        ]}
      />
      <Compared key={outgoing.words} what="amendment" words={outgoing.words} />
      <Foot>
        <Button onPress={onDone}>The stations have it</Button>
        <SaveMessage outgoing={outgoing} />
        {reserves.length === 0 ? null : (
          <Button kind="quiet" onPress={onAnother}>
            Another reserve steps in
          </Button>
        )}
      </Foot>
    </Step>
  );
}
