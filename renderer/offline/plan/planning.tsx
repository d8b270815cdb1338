import { useState } from 'react';
import type { TaskInHand } from '../../../shared/ceremony/plan';
import type { OfficerViewAt } from '../../../shared/ipc/offline/officer';
import type { KeptScriptView } from '../../../shared/ipc/offline/script';
import type { ServerView } from '../../../shared/ipc/view/ceremony';
import type { PersonView } from '../../../shared/ipc/view/person';
import { takenOver } from '../../../shared/script/proposal';
import { tasksBefore } from '../../../shared/task/plan-tasks';
import type { TaskEntry } from '../../../shared/task/task';
import { useDraft } from './draft';
import { idOf } from './giving';
import { PlanForm } from './plan-form';
import { PickScript } from './script/pick-script';
import { newTask } from './tasks/in-hand';
import { PickTemplate } from './tasks/pick-template';
import type { Recipient } from './tasks/task-field';
import { TaskForm } from './tasks/task-form';

export interface PlanningProps {
  readonly self: PersonView | null;
  readonly people: readonly PersonView[];
  readonly ceremony: OfficerViewAt<'plan'>;
  readonly scripts: readonly KeptScriptView[];
  readonly server: ServerView;
  readonly onChangeServer: () => void;
}

/** The plan, or one of its tasks while it is filled in: both are kept as they are typed. */
export function Planning({ self, people, ceremony, scripts, server, onChangeServer }: PlanningProps) {
  const kept = useDraft(ceremony.draft);
  const { draft, change, keep } = kept;
  const [place, setPlace] = useState<'plan' | 'templates' | 'task' | 'script'>('plan');
  const recipients = recipientsOf(self, people, draft.roster);

  const fillIn = (taskInHand: TaskInHand) => {
    change({ taskInHand });
    setPlace('task');
  };
  const take = (entry: TaskEntry, at: number | null) => {
    const tasks = tasksBefore(draft.tasks).filter((task) => task !== '');
    const next =
      at === null || at >= tasks.length
        ? [...tasks, entry]
        : tasks.map((task, place) => (place === at ? entry : task));
    change({ tasks: [...next, { task: 'revoke-self' }], taskInHand: null });
    setPlace('plan');
  };

  if (place === 'script')
    return (
      <PickScript
        scripts={scripts}
        chosen={ceremony.script?.sha256 ?? null}
        onBack={() => setPlace('plan')}
        onChosen={(script) => {
          change(takenOver(draft, script?.proposes ?? undefined));
          setPlace('plan');
        }}
      />
    );
  if (place === 'templates')
    return <PickTemplate onPick={(template) => fillIn(newTask(template))} onBack={() => setPlace('plan')} />;
  if (place === 'task' && draft.taskInHand !== null)
    return (
      <TaskForm
        inHand={draft.taskInHand}
        recipients={recipients}
        onChange={(taskInHand) => change({ taskInHand })}
        onKeep={keep}
        onTake={take}
        onBack={() => setPlace('plan')}
      />
    );
  return (
    <PlanForm
      people={people}
      recipients={recipients}
      kept={kept}
      server={server}
      script={ceremony.script}
      onChangeServer={onChangeServer}
      onPickScript={() => {
        keep();
        setPlace('script');
      }}
      onAddTask={() => setPlace('templates')}
      onFillIn={fillIn}
    />
  );
}

/** Everyone of the plan but its operators, whose stations carry the tasks out. */
function recipientsOf(
  self: PersonView | null,
  people: readonly PersonView[],
  picked: readonly string[],
): Recipient[] {
  const taking = people.filter((person) => picked.includes(idOf(person)) && person.role !== 'operator');
  return [...(self === null ? [] : [self]), ...taking].map((person) => ({
    fingerprint: idOf(person),
    name: person.name,
    role: person.role,
  }));
}
