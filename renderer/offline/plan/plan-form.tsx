import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PlanDraft, TaskInHand } from '../../../shared/ceremony/plan';
import type { ScriptView } from '../../../shared/ipc/offline/script';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import type { PersonView } from '../../../shared/ipc/view/person';
import { tokenKindWords } from '../../../shared/token/token-kind';
import { Button } from '../../parts/button';
import { focusWrong } from '../../parts/focus-wrong';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { TextField } from '../../parts/text-field';
import { useCall } from '../call';
import type { Draft } from './draft';
import { givingOf } from './giving';
import { KindChoice } from './kind-choice';
import { isSaidAtItsPlace, type Refused, rosterProblems, tasksProblem, wrongFields } from './lacks';
import { MethodChoice } from './method-choice';
import { Roster } from './roster';
import { ScriptCard } from './script/script-card';
import { ServerCard } from './server-card';
import { SharesTravel } from './shares-travel';
import type { Recipient } from './tasks/task-field';
import { Tasks } from './tasks/tasks';
import { TokenMinutes } from './token-minutes';
import { WhoLearns } from './who-learns';

export interface PlanFormProps {
  readonly people: readonly PersonView[];
  /** Who of the plan may get what a task brings back. */
  readonly recipients: readonly Recipient[];
  readonly kept: Draft;
  readonly server: ServerView;
  readonly script: ScriptView | null;
  readonly onChangeServer: () => void;
  readonly onPickScript: () => void;
  readonly onAddTask: () => void;
  readonly onFillIn: (inHand: TaskInHand) => void;
}

/** What custodians will read before they release a share. */
export function PlanForm({ people, recipients, kept, server, ...props }: PlanFormProps) {
  const { draft, change, keep, problem } = kept;
  const agree = useCall('officer.plan');
  const [refused, setRefused] = useState<Refused | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async () => {
    keep();
    const answer = await agree.run({ draft });
    flushSync(() => setRefused(answer.ok ? null : { ...answer.error, draft }));
    if (!answer.ok) focusWrong(form.current);
  };
  const wrong = wrongFields(refused, draft);
  const giving = givingOf(people, draft, server.threshold);
  const lacking = rosterProblems(refused, draft, giving, server.threshold);
  // A statement is about those whom it names: where others alone would have a quorum, it has to be made anew.
  const changeGiving = (next: Partial<PlanDraft>) => {
    const { alone } = givingOf(people, { ...draft, ...next }, server.threshold);
    const stands = alone.join('\n') === giving.alone.join('\n');
    change(stands ? next : { ...next, quorumAtOneStation: false });
  };
  return (
    <Step
      title={draft.rehearsal ? 'Plan the rehearsal' : 'Plan the ceremony'}
      lead="Custodians read this before they release a share. They will ask about it, so say it plainly."
      aside={
        <>
          <ServerCard server={server} onChange={props.onChangeServer} />
          <ScriptCard script={props.script} draft={draft} onTakeOver={change} onChange={props.onPickScript} />
          <WhoLearns method={draft.method} alone={giving.alone} />
        </>
      }
    >
      <Form field={form} onBlur={keep} onSubmit={() => void submit()}>
        <TextField
          label="Name of the ceremony"
          value={draft.title}
          onChange={(title) => change({ title })}
          maxLength={80}
          placeholder="Re-enable OIDC"
          wrong={wrong.title}
        />
        <TextField
          label={`Why ${tokenKindWords(draft.tokenKind).one} is needed`}
          value={draft.purpose}
          onChange={(purpose) => change({ purpose })}
          maxLength={300}
          lines={2}
          wrong={wrong.purpose}
        />
        <TextField
          label="Change ticket"
          hint="May be left empty."
          value={draft.ticket}
          onChange={(ticket) => change({ ticket })}
          maxLength={80}
        />
        <Tasks
          draft={draft}
          recipients={recipients}
          problem={tasksProblem(refused, draft)}
          onChange={change}
          onAdd={props.onAddTask}
          onFillIn={props.onFillIn}
        />
        <TokenMinutes minutes={draft.tokenMinutes} onChange={(tokenMinutes) => change({ tokenMinutes })} />
        <Roster
          people={people}
          picked={draft.roster}
          threshold={server.threshold}
          problem={lacking.roster}
          onChange={(roster) => changeGiving({ roster })}
        />
        <SharesTravel
          giving={giving}
          threshold={server.threshold}
          draft={draft}
          problem={lacking.shares}
          onChange={changeGiving}
        />
        <KindChoice draft={draft} server={server} onChange={change} />
        <MethodChoice draft={draft} onChange={change} />
        {draft.rehearsal ? (
          <p className="note">This is a rehearsal. Every line and every page of it will say so.</p>
        ) : null}
        <Foot>
          <Button submit busy={agree.busy}>
            The plan is complete
          </Button>
          <Problem
            text={refused !== null && isSaidAtItsPlace(refused) ? problem : (agree.problem ?? problem)}
          />
        </Foot>
      </Form>
    </Step>
  );
}
