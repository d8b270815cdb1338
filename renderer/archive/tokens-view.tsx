import { useState } from 'react';
import type { PageTokenLife, PageTokens } from '../../shared/archive/page';
import { Button } from '../parts/button';
import { Problem } from '../parts/problem';
import { ceremonyAddress } from './address';
import { useAnswer } from './answer';
import { Filters } from './filters';
import { Marks } from './marks';
import { counted, spanText, timeText, titleOf } from './words';

/** Root tokens that were there in a period: from when to when, in whose hands, and who looked on. */
export function TokensView({ query }: { readonly query: URLSearchParams }) {
  const asked = query.toString();
  return (
    <>
      <h1>Root tokens</h1>
      <p className="lead archive-lead">
        Who had a live root token, from when to when, and who witnessed it: by the stations’ clocks, in UTC.
      </p>
      <Filters query={query} at="tokens" />
      <Found key={asked} asked={asked} />
    </>
  );
}

/** A list, and more of it for as long as there is more. */
function Found({ asked }: { readonly asked: string }) {
  const [parts, setParts] = useState<readonly PageTokenLife[]>([]);
  const [before, setBefore] = useState<number | null>(null);
  const path = `api/tokens?${asked}${before === null ? '' : `&before=${before}`}`;
  const { value, problem, waiting } = useAnswer<PageTokens>(path);
  if (problem !== null) return <Problem text={problem} />;
  if (value === null) return <p className="quiet">Looking …</p>;
  const shown = waiting ? parts : [...parts, ...value.lives];
  const more = (): void => {
    if (value.next === null) return;
    setParts(shown);
    setBefore(value.next);
  };
  return (
    <section aria-labelledby="found">
      <h2 id="found" aria-live="polite">
        {value.count === 0 ? 'No root token was there then' : counted(value.count, 'ceremony', 'ceremonies')}
      </h2>
      {shown.length === 0 ? null : <LifeTable lives={shown} />}
      {value.next === null ? null : (
        <div className="after archive-more">
          <Button kind="quiet" busy={waiting} onPress={more}>
            Show more
          </Button>{' '}
          <span className="quiet">{`${shown.length} of ${value.count.toLocaleString('en')} are shown`}</span>
        </div>
      )}
    </section>
  );
}

function LifeTable({ lives }: { readonly lives: readonly PageTokenLife[] }) {
  return (
    <table className="archive-table">
      <thead>
        <tr>
          <th scope="col">Ceremony</th>
          <th scope="col">There from</th>
          <th scope="col">Proved dead</th>
          <th scope="col">In the hands of</th>
          <th scope="col">Witnessed by</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {lives.map(({ ceremony, made, died, seconds, holders, witnesses, stations }) => (
          <tr key={ceremony.id}>
            <th scope="row">
              <a href={ceremonyAddress(ceremony.id)}>
                <bdi>{titleOf(ceremony)}</bdi>
              </a>
              <span className="archive-under">{ceremony.words}</span>
            </th>
            <td data-name="There from">{timeText(made)}</td>
            <td data-name="Proved dead">
              {died === '' ? <b className="archive-open">not proved</b> : timeText(died)}
              {seconds === null ? null : <span className="archive-under">after {spanText(seconds)}</span>}
            </td>
            <td data-name="In the hands of">
              {holders.length === 0 ? 'nobody on record' : <People people={holders.map(heldBy)} />}
            </td>
            <td data-name="Witnessed by">
              {witnesses.length === 0 ? (
                <b className="archive-open">nobody</b>
              ) : (
                <People
                  people={witnesses.map(({ name, stations: signed }) => ({
                    name,
                    more: ` (${signed} of ${counted(stations, 'station')})`,
                  }))}
                />
              )}
            </td>
            <td data-name="Verdict">
              <Marks ceremony={ceremony} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const heldBy = ({ name, role }: PageTokenLife['holders'][number]) => ({ name, more: `, ${role}` });

function People({
  people,
}: {
  readonly people: readonly { readonly name: string; readonly more: string }[];
}) {
  return (
    <ul className="archive-names">
      {people.map(({ name, more }) => (
        <li key={`${name}${more}`}>
          <bdi>{name}</bdi>
          {more}
        </li>
      ))}
    </ul>
  );
}
