import type { PageDays, PageOverview, PageTokens } from '../../shared/archive/page';
import { Problem } from '../parts/problem';
import { ceremonyAddress } from './address';
import { useAnswer } from './answer';
import { Bars } from './bars';
import { Calendar } from './calendar';
import { MonthChart } from './month-chart';
import { counted, dayText, spanText } from './words';

interface CountsViewProps {
  readonly year: string | null;
  readonly overview: PageOverview | null;
}

/** What can be counted: when, with what verdict, how long tokens lived, and who took part. */
export function CountsView({ year, overview }: CountsViewProps) {
  if (overview === null) return <h1>Counts</h1>;
  const { verdicts, gone, last, first } = overview;
  return (
    <>
      <h1>Counts</h1>
      <p className="lead archive-lead">Days and months are by the stations’ clocks, in UTC.</p>
      <section className="section" aria-labelledby="months">
        <h2 id="months">Ceremonies a month</h2>
        <MonthChart months={overview.months} />
      </section>
      <YearOf
        year={year ?? (last.slice(0, 4) || String(new Date().getUTCFullYear()))}
        first={first}
        last={last}
      />
      <section className="section" aria-labelledby="verdicts">
        <h2 id="verdicts">Verdicts</h2>
        <p className="quiet">Rehearsals left out.</p>
        <Bars
          names={['Verdict', 'Ceremonies']}
          rows={[
            {
              key: 'proven',
              name: <a href="#/?verdict=proven&rehearsal=0">proven</a>,
              value: verdicts.proven,
              look: 'good',
            },
            {
              key: 'incomplete',
              name: <a href="#/?verdict=incomplete&rehearsal=0">incomplete</a>,
              value: verdicts.incomplete,
              look: 'wait',
            },
            {
              key: 'broken',
              name: <a href="#/?verdict=broken&rehearsal=0">broken</a>,
              value: verdicts.broken,
              look: 'alarm',
            },
            ...(gone > 0 ? [{ key: 'gone', name: 'gone by law', value: gone, look: 'quiet' as const }] : []),
          ]}
        />
      </section>
      <Lives />
      <People overview={overview} />
    </>
  );
}

function YearOf({
  year,
  first,
  last,
}: {
  readonly year: string;
  readonly first: string;
  readonly last: string;
}) {
  const { value, problem } = useAnswer<PageDays>(`api/days?year=${encodeURIComponent(year)}`);
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const at = Number(year);
  return (
    <section className="section" aria-labelledby="calendar">
      <h2 id="calendar">{`Calendar of ${year}`}</h2>
      <p className="archive-years">
        {at > from ? <a href={`#/counts?year=${at - 1}`}>{at - 1}</a> : null}{' '}
        {at < to ? <a href={`#/counts?year=${at + 1}`}>{at + 1}</a> : null}
      </p>
      <Problem text={problem} />
      {value === null ? null : <Calendar year={at} days={value.days} />}
    </section>
  );
}

function Lives() {
  const { value, problem } = useAnswer<PageTokens>('api/tokens');
  return (
    <section className="section" aria-labelledby="lives">
      <h2 id="lives">How long root tokens lived</h2>
      <p className="quiet">
        From the last share that the server took to the time at which, by the stations’ own journals, the
        token had ended, in the newest ceremonies with a token. Rehearsals left out. All of them, and in whose
        hands they were: <a href="#/tokens">Root tokens</a>.
      </p>
      <Problem text={problem} />
      {value === null ? (
        <p className="quiet">Looking …</p>
      ) : value.lives.length === 0 ? (
        <p>No ceremony has made one.</p>
      ) : (
        <Bars
          names={['Ceremony', 'Its root token lived']}
          rows={value.lives.slice(0, SHOWN).map(({ ceremony: { id, words }, made, seconds }) => ({
            key: id,
            name: (
              <>
                <a href={ceremonyAddress(id)}>{words}</a>, {dayText(made)}
              </>
            ),
            value: seconds ?? 0,
            text: seconds === null ? 'not on record' : spanText(seconds),
            look: 'secret',
          }))}
        />
      )}
    </section>
  );
}

/** So many of them are drawn. */
const SHOWN = 24;

function People({ overview: { people } }: { readonly overview: PageOverview }) {
  const never = people.filter(({ ceremonies, rehearsals }) => ceremonies > 0 && rehearsals === 0);
  return (
    <section className="section" aria-labelledby="people">
      <h2 id="people">Who took part how often</h2>
      <Bars
        names={['Person', 'Ceremonies, rehearsals']}
        rows={people.map(({ fingerprint, name, roles, ceremonies, rehearsals }) => ({
          key: fingerprint,
          name: (
            <>
              <a href={`#/?person=${fingerprint}`}>
                <bdi>{name}</bdi>
              </a>
              , {roles.join(', ')}
            </>
          ),
          value: ceremonies,
          text: `${ceremonies}, ${counted(rehearsals, 'rehearsal')}`,
          look: 'good',
        }))}
      />
      <h2 className="after">Never rehearsed</h2>
      {never.length === 0 ? (
        <p>Everyone who took part in a ceremony has taken part in a rehearsal, by the same key.</p>
      ) : (
        <ul>
          {never.map(({ fingerprint, name, roles, ceremonies }) => (
            <li key={fingerprint}>
              <bdi>{name}</bdi>, {roles.join(', ')}, in {counted(ceremonies, 'ceremony', 'ceremonies')}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
