import type { HandedView, StandView } from '../../../shared/ipc/online/handed';
import { revocationTitle } from '../../../shared/task/token-end';
import { PlannedTask } from '../../parts/planned-tasks';

/** The plan's tasks, each with what became of it. */
export function Tasks({ handed: { tasks, proof } }: { readonly handed: HandedView }) {
  return (
    <ol className="planned">
      {tasks.map(({ shown, stand }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no name but their place
        <li key={index}>
          <PlannedTask task={shown} />
          <p className={isTrouble(stand) ? 'problem' : 'quiet'}>{sentence(stand)}</p>
        </li>
      ))}
      <li>
        <span className="planned-title">{revocationTitle}</span>
        <p className="quiet">{proof === null ? 'Not yet.' : `Done: ${proof}.`}</p>
      </li>
    </ol>
  );
}

const isTrouble = (stand: StandView): boolean =>
  stand.kind === 'failed' || stand.kind === 'unknown' || stand.kind === 'cut-off';

function sentence(stand: StandView): string {
  switch (stand.kind) {
    case 'waiting':
      return 'Not yet.';
    case 'cut-off':
      return 'It was begun, and no answer is on record.';
    case 'done':
      return [
        stand.brought === null ? 'Done.' : 'Done. What it brought back is sealed to whom the plan names.',
        stand.said,
      ]
        .join(' ')
        .trim();
    case 'failed':
      return `${stand.left ? 'Left out' : 'Failed'}: ${stand.reason}`;
    case 'unknown':
      return `${stand.left ? 'Left, not known' : 'Not known'}: ${stand.reason}`;
    case 'by-hand':
      return 'Done by hand.';
  }
}
