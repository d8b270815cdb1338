import type { PageTokenLife, PageTokens } from '../../shared/archive/page';
import { ceremonyAddress } from './address';
import { Filters } from './filters';
import { Found } from './found';
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
      <Found
        key={asked}
        path={`api/tokens?${asked}`}
        rowsOf={(part: PageTokens) => part.lives}
        none="No root token was there then"
      >
        {(lives) => <LifeTable lives={lives} />}
      </Found>
    </>
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
