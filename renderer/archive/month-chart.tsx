import type { PageOverview } from '../../shared/archive/page';
import { monthName } from './words';

type Month = PageOverview['months'][number];

const HEIGHT = 120;
const STEP = 18;
/** How many months are drawn; the table behind has all of them. */
const DRAWN = 60;

/** Ceremonies and rehearsals of each month, a month without any as a gap; with the table behind. */
export function MonthChart({ months }: { readonly months: readonly Month[] }) {
  const all = withGaps(months).slice(-DRAWN);
  const most = Math.max(1, ...all.map(({ ceremonies, rehearsals }) => ceremonies + rehearsals));
  if (all.length === 0) return <p>There is none yet.</p>;
  const high = (count: number): number => (count / most) * HEIGHT;
  return (
    <>
      <p className="archive-legend" aria-hidden="true">
        <span className="archive-key-good" /> ceremonies <span className="archive-key-rehearsal" /> rehearsals
        {` · the highest bar is ${most}`}
      </p>
      <svg
        className="archive-months"
        aria-hidden="true"
        viewBox={`0 0 ${all.length * STEP} ${HEIGHT + 20}`}
        style={{ maxWidth: `${all.length * STEP * 2}px` }}
      >
        {all.map(({ month, ceremonies, rehearsals }, i) => (
          <g key={month} transform={`translate(${i * STEP} 0)`}>
            <rect
              className="archive-bar-good"
              x={2}
              width={STEP - 4}
              y={HEIGHT - high(ceremonies)}
              height={high(ceremonies)}
            />
            <rect
              className="archive-bar-rehearsal"
              x={2}
              width={STEP - 4}
              y={HEIGHT - high(ceremonies) - high(rehearsals)}
              height={high(rehearsals)}
            />
            {i === 0 || month.endsWith('-01') ? (
              <text x={2} y={HEIGHT + 14}>
                {month.slice(0, 4)}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <details>
        <summary>The same as a table</summary>
        <table className="archive-table archive-numbers">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Ceremonies</th>
              <th scope="col">Not proven</th>
              <th scope="col">Rehearsals</th>
            </tr>
          </thead>
          <tbody>
            {[...months].reverse().map(({ month, ceremonies, rehearsals, notProven }) => (
              <tr key={month}>
                <th scope="row">{`${monthName(Number(month.slice(5)))} ${month.slice(0, 4)}`}</th>
                <td data-name="Ceremonies">{ceremonies}</td>
                <td data-name="Not proven">{notProven}</td>
                <td data-name="Rehearsals">{rehearsals}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** Each month from the first to the last. */
export function withGaps(months: readonly Month[]): Month[] {
  const known = new Map(months.map((month) => [month.month, month]));
  const [first, last] = [months[0]?.month, months.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const all: Month[] = [];
  const [year, month] = first.split('-').map(Number);
  for (let n = (year ?? 0) * 12 + (month ?? 1) - 1; ; n++) {
    const name = `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;
    if (name > last) return all;
    all.push(known.get(name) ?? { month: name, ceremonies: 0, rehearsals: 0, notProven: 0 });
  }
}
