import type { SentView } from '../../../shared/ipc/offline/officer';
import { shownTasks } from '../../../shared/task/shown-task';
import { Card } from '../../parts/card';
import { PlannedTasks } from '../../parts/planned-tasks';

/** What the token was agreed to be used for. */
export function TasksCard({ ceremony }: { readonly ceremony: SentView }) {
  const { draft, roster } = ceremony;
  return (
    <Card title="Agreed tasks">
      {draft.tasks.length === 0 ? (
        <p className="quiet">The plan names none but to revoke the token.</p>
      ) : (
        <PlannedTasks tasks={shownTasks(draft.tasks, roster, draft.tokenKind)} />
      )}
    </Card>
  );
}
