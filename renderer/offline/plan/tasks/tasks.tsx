import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PlanDraft, TaskInHand } from '../../../../shared/ceremony/plan';
import { mostTasks, tasksBefore } from '../../../../shared/task/plan-tasks';
import { shownTasks } from '../../../../shared/task/shown-task';
import type { TaskEntry } from '../../../../shared/task/task';
import { Button } from '../../../parts/button';
import { PlannedTask } from '../../../parts/planned-tasks';
import { Problem } from '../../../parts/problem';
import { taskToChange } from './in-hand';
import type { Recipient } from './task-field';
import { isTemplateName, templates } from './templates';

export interface TasksProps {
  readonly draft: PlanDraft;
  readonly recipients: readonly Recipient[];
  /** What is wrong with the tasks; null where nothing was said to be. */
  readonly problem: string | null;
  readonly onChange: (change: Pick<Partial<PlanDraft>, 'tasks' | 'taskInHand'>) => void;
  /** Asks which kind of task is to be added. */
  readonly onAdd: () => void;
  /** Goes on with the task in hand. */
  readonly onFillIn: (inHand: TaskInHand) => void;
}

/** What the token will be used for, in order. Revoking it is the last, and is there by itself. */
export function Tasks({ draft, recipients, problem, onChange, onAdd, onFillIn }: TasksProps) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState('');
  // Lines that are empty come from a plan that an earlier version kept while it was typed.
  const tasks = tasksBefore(draft.tasks).filter((task) => task !== '');
  const all: TaskEntry[] = [...tasks, { task: 'revoke-self' }];
  const shown = shownTasks(all, recipients, draft.tokenKind);
  const { taskInHand } = draft;

  const move = (from: number, to: number) => {
    const next = tasks.filter((_, at) => at !== from);
    next.splice(to, 0, ...tasks.slice(from, from + 1));
    flushSync(() => {
      onChange({ tasks: next, taskInHand: followed(taskInHand, from, to) });
      setMoved(`Task ${from + 1} is now task ${to + 1}.`);
    });
    const buttons =
      list.current?.children[to]?.querySelectorAll<HTMLButtonElement>('button[data-move]') ?? [];
    const way = to < from ? 'up' : 'down';
    const enabled = [...buttons].filter((button) => !button.disabled);
    (enabled.find(({ dataset }) => dataset['move'] === way) ?? enabled[0])?.focus();
  };

  return (
    <fieldset className="fieldset" data-wrong={problem === null ? undefined : 'tasks'}>
      <legend>What the token will be used for</legend>
      <p className="quiet">In this order. The token’s end is always the last.</p>
      <Problem text={problem} />
      <ol className="planned" ref={list}>
        {shown.map((task, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no name but their place
          <li key={at}>
            <PlannedTask task={task} />
            {at === tasks.length ? null : (
              <div className="planned-row">
                <MoveButton way="up" at={at} disabled={at === 0} onPress={() => move(at, at - 1)} />
                <MoveButton
                  way="down"
                  at={at}
                  disabled={at === tasks.length - 1}
                  onPress={() => move(at, at + 1)}
                />
                <Button
                  kind="quiet"
                  small
                  label={`Change task ${at + 1}`}
                  disabled={taskInHand !== null}
                  onPress={() => {
                    const inHand = taskToChange(all[at] ?? '', at);
                    if (inHand !== null) onFillIn(inHand);
                  }}
                >
                  Change
                </Button>
                <Button
                  kind="quiet"
                  small
                  label={`Remove task ${at + 1}`}
                  onPress={() =>
                    onChange({
                      tasks: tasks.filter((_, other) => other !== at),
                      taskInHand: withoutPlace(taskInHand, at),
                    })
                  }
                >
                  Remove
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      <p className="unseen" role="status">
        {moved}
      </p>
      {taskInHand === null ? (
        <Button kind="quiet" small disabled={all.length >= mostTasks} onPress={onAdd}>
          Add a task
        </Button>
      ) : (
        <div className="note">
          <p>
            Not in the plan yet: “
            {isTemplateName(taskInHand.template) ? templates[taskInHand.template].name : ''}”.
          </p>
          <div className="planned-row">
            <Button kind="quiet" small onPress={() => onFillIn(taskInHand)}>
              Go on with it
            </Button>
            <Button kind="quiet" small onPress={() => onChange({ taskInHand: null })}>
              Drop it
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}

interface MoveProps {
  readonly way: 'up' | 'down';
  readonly at: number;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

function MoveButton({ way, at, disabled, onPress }: MoveProps) {
  return (
    <Button
      kind="quiet"
      small
      label={`Move task ${at + 1} ${way}`}
      disabled={disabled}
      move={way}
      onPress={onPress}
    >
      {way === 'up' ? '↑' : '↓'}
    </Button>
  );
}

/** The task in hand after another place was given to a task: it may be the one that is being changed. */
function followed(inHand: TaskInHand | null, from: number, to: number): TaskInHand | null {
  if (inHand === null || inHand.at === null) return inHand;
  const { at } = inHand;
  if (at === from) return { ...inHand, at: to };
  return at === to ? { ...inHand, at: from } : inHand;
}

/** The task in hand after a task was removed: one that was being changed is a new one then. */
function withoutPlace(inHand: TaskInHand | null, removed: number): TaskInHand | null {
  if (inHand === null || inHand.at === null || inHand.at < removed) return inHand;
  return { ...inHand, at: inHand.at === removed ? null : inHand.at - 1 };
}
