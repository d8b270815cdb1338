import { Card } from '../../parts/card';

/** What the token was agreed to be used for. */
export function TasksCard({ tasks }: { readonly tasks: readonly string[] }) {
  const named = tasks.filter((task) => task.trim() !== '');
  return (
    <Card title="Agreed tasks">
      {named.length === 0 ? (
        <p className="quiet">The plan names none but to revoke the token.</p>
      ) : (
        <ul>
          {named.map((task) => (
            <li key={task}>{task}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
