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
        Each is the word of the station whose journal says so. What a station left out is not here; who could
        have had the token besides, by the plan, stands in the ceremony’s report.
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
          <th scope="col">Ended, by the word of</th>
          <th scope="col">In the hands of</th>
          <th scope="col">Witnessed by</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {lives.map(({ ceremony, made, died, seconds, tellers, holders, witnesses, stations }) => (
          <tr key={ceremony.id}>
            <th scope="row">
              <a href={ceremonyAddress(ceremony.id)}>
                <bdi>{titleOf(ceremony)}</bdi>
              </a>
              <span className="archive-under">{ceremony.words}</span>
            </th>
            <td data-name="There from">{timeText(made)}</td>
            <td data-name="Ended, by the word of">
              {died === '' ? <b className="archive-open">{openWords(ceremony)}</b> : timeText(died)}
              {seconds === null ? null : <span className="archive-under">after {spanText(seconds)}</span>}
              <People people={tellers.map(({ name, role }) => ({ name, more: `, ${role}` }))} />
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

/** What is said of a token whose end has no time. */
const openWords = ({ tokens, revoked }: PageTokenLife['ceremony']): string =>
  revoked < tokens ? 'no journal has the proof' : 'the journals contradict each other';

const heldBy = ({ name, role, opened }: PageTokenLife['holders'][number]) => ({
  name,
  more: opened ? `, ${role}` : `, ${role}: handed over to them; no line of theirs says that they opened it`,
});

function People({
  people,
}: {
  readonly people: readonly { readonly name: string; readonly more: string }[];
}) {
  if (people.length === 0) return null;
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
