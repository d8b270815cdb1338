import type { ReactNode } from 'react';

export interface Bar {
  readonly key: string;
  readonly name: ReactNode;
  readonly value: number;
  /** What stands beside the bar; the value, where it is left out. */
  readonly text?: string;
  readonly look: 'good' | 'wait' | 'alarm' | 'secret' | 'quiet';
}

/** Bars in a table: who can’t see a bar reads its row. */
export function Bars({
  names,
  rows,
}: {
  readonly names: readonly [string, string];
  readonly rows: readonly Bar[];
}) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <table className="archive-bars">
      <thead className="unseen">
        <tr>
          <th scope="col">{names[0]}</th>
          <th scope="col">{names[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, value, text, look }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>
              <svg
                className={`archive-bar-${look}`}
                aria-hidden="true"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
              >
                <rect width={(value / most) * 100} height={10} />
              </svg>
              <span>{text ?? value.toLocaleString('en')}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
