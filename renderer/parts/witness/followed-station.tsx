import { useState } from 'react';
import type { FollowedView } from '../../../shared/ipc/view/followed';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Card } from '../card';
import { SaveMessage, ShowCode } from '../crossing/show-code';
import { Facts } from '../facts';
import { Foot } from '../foot';
import { timeOf } from '../names';
import { Problem } from '../problem';
import { Step } from '../step';
import { Words } from '../words';
import { type FollowedStation as Station, signedUpTo } from './followed';
import { NoteDeviation } from './note-deviation';

export interface FollowedStationProps {
  readonly ceremony: FollowedView;
  readonly station: Station;
  readonly onBack: () => void;
}

/** One station's journal as a witness has seen it: what is new, what they noted, and their signature. */
export function FollowedStation({ ceremony, station, onBack }: FollowedStationProps) {
  return station.statement === null ? (
    <Seen ceremony={ceremony} station={station} onBack={onBack} />
  ) : (
    <Stated station={station} statement={station.statement} />
  );
}

function Seen({ ceremony, station, onBack }: FollowedStationProps) {
  const [noting, setNoting] = useState(false);
  const state = useCall('witness.state');
  const { label, from, lines, before, seenAt, words, closed, deviations, of } = station;
  const fresh = lines - before;
  return (
    <Step
      title={`What is on record at ${label}`}
      lead={
        before === 0
          ? `You see this journal for the first time: ${lines} lines.`
          : `${fresh === 1 ? 'One line is' : `${fresh} lines are`} new since you saw it last. Those before are the same as then.`
      }
      aside={
        <>
          <Card title="What you sign">
            <ul>
              <li>That you saw these lines, at this time, and what you noted.</li>
              <li>Not that they are true: only what you saw with your own eyes is.</li>
              <li>Written anew later, the journal no longer fits what you signed.</li>
            </ul>
          </Card>
          <Deviations deviations={deviations} />
        </>
      }
    >
      <Facts
        facts={[
          ['Person', from],
          [
            'Ceremony',
            <span key="ceremony">
              {ceremony.words}{' '}
              {ceremony.rehearsal ? <span className="pill pill-rehearsal">Rehearsal</span> : null}
            </span>,
          ],
          ['Taken', `${timeOf(seenAt)}${closed ? ', closed' : ', goes on'}`],
          ['Compare', <Words key="words" words={words} of="Words of the journal’s code" />],
          ['You', signedUpTo(station)],
        ]}
      />
      <h2>Lines</h2>
      <Lines station={station} />
      <Foot>
        <Button
          busy={state.busy}
          onPress={() => void state.run({ ceremony: ceremony.id, of })}
        >{`Sign for ${lines} lines`}</Button>
        <Button kind="quiet" onPress={() => setNoting(true)}>
          Note a deviation
        </Button>
        <Button kind="quiet" onPress={onBack}>
          Back
        </Button>
        <Problem text={state.problem} />
      </Foot>
      {noting ? <NoteDeviation ceremony={ceremony} at={station} onClose={() => setNoting(false)} /> : null}
    </Step>
  );
}

/** The newest first: that is what a witness looks at. */
function Lines({ station: { events, lines, before } }: { readonly station: Station }) {
  const missing = lines - events.length;
  return (
    <>
      <ol className="events" reversed start={lines}>
        {[...events].reverse().map(({ n, at, text, alarm }) => (
          <li key={n} className={alarm ? 'bad' : ''}>
            <span className="clock">{n}</span>
            <time dateTime={at}>{timeOf(at)}</time>
            <span>
              {before > 0 && n > before ? <b>New: </b> : null}
              {text}
            </span>
          </li>
        ))}
      </ol>
      {missing > 0 ? <p className="quiet">{`The first ${missing} lines aren’t shown here.`}</p> : null}
    </>
  );
}

function Deviations({ deviations }: Pick<Station, 'deviations'>) {
  if (deviations.length === 0) return null;
  return (
    <Card title="What you noted">
      <ul className="events">
        {deviations.map(({ at, line, text }) => (
          <li key={at + text} className="bad">
            <time dateTime={at}>{timeOf(at)}</time>
            <span>
              {line === 0 ? '' : `Line ${line}: `}
              {text}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface StatedProps {
  readonly station: Station;
  readonly statement: NonNullable<Station['statement']>;
}

function Stated({ station: { label, lines, deviations }, statement }: StatedProps) {
  const leave = useCall('witness.stated');
  return (
    <Step
      title={`Show what you signed to ${label}, and to others`}
      lead="Every station that takes it keeps it in its journal. Let another one take it too: then this one can’t leave it out. Nothing in it is secret."
      code={<ShowCode outgoing={statement} />}
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={statement.words} of="Words of what you signed" />],
          ['Up to', `line ${lines}`],
          ['Noted', deviations.length === 0 ? 'nothing' : deviations.map(({ text }) => text).join('; ')],
        ]}
      />
      <Foot>
        <Button busy={leave.busy} onPress={() => void leave.run({})}>
          They have it
        </Button>
        <SaveMessage outgoing={statement} />
        <Problem text={leave.problem} />
      </Foot>
    </Step>
  );
}
