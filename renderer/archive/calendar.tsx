import type { PageDays } from '../../shared/archive/page';
import { listAddress } from './address';
import { counted, dayText, monthName } from './words';

type Day = PageDays['days'][number];

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A year, one table a month. A day with ceremonies leads to their list. */
export function Calendar({ year, days }: { readonly year: number; readonly days: readonly Day[] }) {
  const known = new Map(days.map((day) => [day.day, day]));
  return (
    <div className="archive-calendar">
      {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => (
        <MonthTable key={month} year={year} month={month} known={known} />
      ))}
    </div>
  );
}

interface MonthTableProps {
  readonly year: number;
  readonly month: number;
  readonly known: ReadonlyMap<string, Day>;
}

function MonthTable({ year, month, known }: MonthTableProps) {
  return (
    <table>
      <caption>{monthName(month)}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name[0]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, i) => (
              <td key={WEEKDAYS[i]}>{day === null ? null : <DayCell day={day} known={known.get(day)} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ day, known }: { readonly day: string; readonly known: Day | undefined }) {
  const number = Number(day.slice(8));
  if (known === undefined) return <>{number}</>;
  const { ceremonies, rehearsals } = known;
  const what = [
    ...(ceremonies > 0 ? [counted(ceremonies, 'ceremony', 'ceremonies')] : []),
    ...(rehearsals > 0 ? [counted(rehearsals, 'rehearsal')] : []),
  ].join(', ');
  return (
    <a
      className={ceremonies > 0 ? 'archive-day' : 'archive-day archive-day-rehearsal'}
      href={listAddress(new URLSearchParams(), { from: day, to: day })}
      aria-label={`${dayText(day)}: ${what}`}
      title={what}
    >
      {number}
    </a>
  );
}

/** The days of a month in weeks that begin on Monday, as ISO days; null outside of the month. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const before = (first.getUTCDay() + 6) % 7;
  const weeks: (string | null)[][] = [];
  for (let at = -before; at < count; at += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, i) => {
        const day = at + i + 1;
        return day < 1 || day > count
          ? null
          : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      }),
    );
  return weeks;
}
