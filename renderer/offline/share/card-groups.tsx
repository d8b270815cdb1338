import type { GroupState } from '../../../shared/share/share-card';

const marks: Record<GroupState, string> = { right: '✓', wrong: '✕', missing: '', begun: '…' };
const looks: Record<GroupState, string> = {
  right: 'group group-right',
  wrong: 'group group-wrong',
  missing: 'group',
  begun: 'group group-begun',
};

/** How far a card is typed, group by group: a typing error shows as soon as its group is done. */
export function CardGroups({ groups }: { readonly groups: readonly GroupState[] }) {
  return (
    <div className="groups">
      <ol aria-hidden="true">
        {groups.map((state, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its number
          <li key={index} className={looks[state]}>
            {index + 1}
            <span>{marks[state]}</span>
          </li>
        ))}
      </ol>
      <p role="status" className={groups.includes('wrong') ? 'bad' : 'quiet'}>
        {inWords(groups)}
      </p>
    </div>
  );
}

function inWords(groups: readonly GroupState[]): string {
  const wrong = groups.flatMap((state, index) => (state === 'wrong' ? [index + 1] : []));
  const right = groups.filter((state) => state === 'right').length;
  if (wrong.length > 0)
    return `Compare with the card: group${wrong.length === 1 ? '' : 's'} ${wrong.join(', ')}.`;
  if (right === groups.length && right > 0) return `All ${right} groups fit.`;
  return right === 0 ? '' : `${right} of ${groups.length} groups fit so far.`;
}
