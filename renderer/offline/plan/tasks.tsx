import { useId } from 'react';
import { Button } from '../../parts/button';

export interface TasksProps {
  readonly tasks: readonly string[];
  readonly onChange: (tasks: string[]) => void;
}

const most = 12;

/** What the token will be used for, in order. */
export function Tasks({ tasks, onChange }: TasksProps) {
  const id = useId();
  return (
    <fieldset className="fieldset">
      <legend>What the token will be used for</legend>
      <p className="quiet" id={id}>
        One task a line, in order. The last is to revoke it.
      </p>
      <ul className="tasks">
        {tasks.map((task, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no name but their place
          <li key={index}>
            <input
              className="input"
              aria-label={`Task ${index + 1}`}
              aria-describedby={id}
              value={task}
              maxLength={120}
              onChange={(event) =>
                onChange(tasks.map((other, at) => (at === index ? event.target.value : other)))
              }
            />
            <Button
              kind="quiet"
              small
              label={`Remove task ${index + 1}`}
              onPress={() => onChange(tasks.filter((_, at) => at !== index))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Button kind="quiet" small disabled={tasks.length >= most} onPress={() => onChange(withNewTask(tasks))}>
        Add a task
      </Button>
    </fieldset>
  );
}

/** A new task goes before the last one, which revokes the token. */
function withNewTask(tasks: readonly string[]): string[] {
  const last = tasks.at(-1);
  return last === undefined ? [''] : [...tasks.slice(0, -1), '', last];
}
