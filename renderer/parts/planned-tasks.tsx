import { requestLine, type ShownTask } from '../../shared/task/shown-task';
import { More } from './more';

/** The tasks of a plan, the same wherever somebody reads it: in plain words, and beneath as what is sent. */
export function PlannedTasks({ tasks }: { readonly tasks: readonly ShownTask[] }) {
  return (
    <ol className="planned">
      {tasks.map((task, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no name but their place
        <li key={index}>
          <PlannedTask task={task} />
        </li>
      ))}
    </ol>
  );
}

/** One of them. */
export function PlannedTask({ task }: { readonly task: ShownTask }) {
  return (
    <>
      <span className="planned-title">{task.title}</span>
      {task.points.length === 0 ? null : (
        <ul className="planned-points">
          {task.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      <WhatIsSent task={task} />
    </>
  );
}

/** The exact requests, folded away: few read them, and whoever does reads what the server gets. */
export function WhatIsSent({ task }: { readonly task: ShownTask }) {
  if (task.requests.length === 0)
    return <p className="quiet">A person does this by hand. Nothing is sent.</p>;
  return (
    <More title="What is sent">
      {task.requests.map((request) => (
        <div className="planned-request" key={requestLine(request)}>
          <code>{requestLine(request)}</code>
          {request.body === null ? null : (
            <>
              <pre className="planned-body">{request.body}</pre>
              <span className="quiet">{request.bytes} bytes</span>
            </>
          )}
        </div>
      ))}
    </More>
  );
}
