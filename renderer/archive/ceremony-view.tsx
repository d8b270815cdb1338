import { useState } from 'react';
import type { PageDetail, PageJournals } from '../../shared/archive/page';
import { Button } from '../parts/button';
import { Facts } from '../parts/facts';
import { Problem } from '../parts/problem';
import { useAnswer } from './answer';
import { JournalTable } from './journal-table';
import { Marks } from './marks';
import { ReportFrame } from './report-frame';
import { counted, spanText, timeText, titleOf, tokensText } from './words';

/** One ceremony: what the archive says of it, its journals, its pictures, and its report. */
export function CeremonyView({ id }: { readonly id: string }) {
  const { value, problem } = useAnswer<PageDetail>(`api/ceremony/${id}`);
  if (problem !== null)
    return (
      <>
        <h1>Ceremony</h1>
        <Problem text={problem} />
      </>
    );
  if (value === null) return <h1>Ceremony</h1>;
  return (
    <>
      <h1>
        <bdi>{titleOf(value.ceremony)}</bdi>
      </h1>
      <p className="archive-lead">
        <Marks ceremony={value.ceremony} />
      </p>
      <About detail={value} />
      <Findings detail={value} />
      <People detail={value} />
      <Log detail={value} />
      {value.ceremony.verdict === null ? null : <Evidence id={id} />}
    </>
  );
}

function About({ detail }: { readonly detail: PageDetail }) {
  const { ceremony, purpose, namespace, method, threshold, custodians } = detail;
  const took = (Date.parse(ceremony.to) - Date.parse(ceremony.from)) / 1000;
  return (
    <Facts
      facts={[
        ['Ceremony', `${ceremony.words} (${ceremony.id})`],
        ['Purpose', <bdi key="purpose">{purpose}</bdi>],
        ['Ticket', <bdi key="ticket">{ceremony.ticket}</bdi>],
        [
          'Server',
          <bdi key="server">
            {namespace === '' ? ceremony.server : `${ceremony.server}, namespace ${namespace}`}
          </bdi>,
        ],
        ['Began', timeText(ceremony.from)],
        [
          'Ended',
          ceremony.to === ''
            ? ''
            : `${timeText(ceremony.to)}${took > 0 ? `, after ${spanText(Math.round(took))}` : ''}`,
        ],
        ['Hidden by', method === '' ? '' : method === 'pgp' ? 'PGP key' : 'one-time password'],
        ['Quorum', threshold === 0 ? '' : `${threshold} of ${counted(custodians, 'custodian')}`],
        ['Root token', tokensText(ceremony)],
        [
          'Verified by',
          ceremony.verdict === null
            ? ''
            : ceremony.by === 'people'
              ? 'the people whom the archive knows'
              : 'the keys in its folders, which say who signed only to whoever knows those keys',
        ],
      ]}
    />
  );
}

function Findings({ detail: { findings, ceremony } }: { readonly detail: PageDetail }) {
  if (ceremony.verdict === null) return null;
  return (
    <section className="section" aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      {findings.length === 0 ? (
        <p>Nothing is missing, and everything fits.</p>
      ) : (
        <ul>
          {findings.map(({ code, verdict, station, line, message }) => (
            <li key={`${code} ${station} ${line} ${message}`}>
              <b>{verdict}</b>
              {station === '' ? null : (
                <>
                  {', '}
                  <bdi>{station}</bdi>
                  {line === null ? '' : `, line ${line}`}
                </>
              )}
              : {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function People({ detail: { people } }: { readonly detail: PageDetail }) {
  if (people.length === 0) return null;
  return (
    <section className="section" aria-labelledby="people">
      <h2 id="people">People</h2>
      <table className="archive-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Station</th>
            <th scope="col">Root token</th>
            <th scope="col">Signed for others</th>
            <th scope="col">Key</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ fingerprint, name, role, tookPart, heldToken, handedToken, toldEnd, witnessed }) => (
            <tr key={`${fingerprint} ${role}`}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td data-name="Role">{role}</td>
              <td data-name="Station">{tookPart ? 'here' : 'none here'}</td>
              <td data-name="Root token">{tokenWords(heldToken, handedToken, toldEnd)}</td>
              <td data-name="Signed for others">
                {witnessed === 0 ? 'none' : counted(witnessed, 'station')}
              </td>
              <td data-name="Key">
                <code className="archive-key">{fingerprint}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Log({ detail: { folders, entries } }: { readonly detail: PageDetail }) {
  const rows = [
    ...folders.map(({ n, at, files, verdict, folder }) => ({
      n,
      at,
      text: `${counted(files, 'file')} handed in, ${verdict} then, as ${folder}`,
    })),
    ...entries.map(({ n, at, event, text }) => ({ n, at, text: `${event}: ${text}` })),
  ].sort((a, b) => a.n - b.n);
  return (
    <section className="section" aria-labelledby="log">
      <h2 id="log">In the archive’s log</h2>
      <ol className="archive-log">
        {rows.map(({ n, at, text }) => (
          <li key={n}>
            <span className="quiet">{`entry ${n}, ${timeText(at)}`}</span>
            <span className="archive-any">{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Evidence({ id }: { readonly id: string }) {
  const { value, problem } = useAnswer<PageJournals>(`api/journals/${id}`);
  const [isReport, setReport] = useState(false);
  if (problem !== null) return <Problem text={problem} />;
  if (value === null) return <p className="quiet after">Reading its journals …</p>;
  return (
    <>
      <section className="section" aria-labelledby="report">
        <h2 id="report">Report, with the timeline</h2>
        <p className="row">
          <Button kind="quiet" expanded={isReport} onPress={() => setReport(!isReport)}>
            {isReport ? 'Hide the report' : 'Show the report here'}
          </Button>{' '}
          <a href={`ceremony/${id}/report.html`} target="_blank" rel="noreferrer">
            Open the report by itself, to print it
          </a>
        </p>
        {isReport ? <ReportFrame id={id} /> : null}
      </section>
      <section className="section" aria-labelledby="journals">
        <h2 id="journals">{`Every journal line: ${value.lines.length}`}</h2>
        <JournalTable lines={value.lines} />
      </section>
      {value.pictures.length === 0 ? null : (
        <section className="section" aria-labelledby="pictures">
          <h2 id="pictures">{counted(value.pictures.length, 'picture of a code', 'pictures of codes')}</h2>
          <ul className="archive-pictures">
            {value.pictures.map((path) => (
              <li key={path}>
                <figure>
                  <img
                    src={`ceremony/${id}/${path.split('/').map(encodeURIComponent).join('/')}`}
                    alt={`QR code ${path.replace(/^qr\//, '')}`}
                  />
                  <figcaption>{path.replace(/^qr\//, '')}</figcaption>
                </figure>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What is on record of a person and the root token, each by whose journal. */
function tokenWords(held: boolean, handed: boolean, told: boolean): string {
  const had = held
    ? 'had it in clear'
    : handed
      ? 'handed over to them; no line of theirs says that they opened it'
      : 'not on record';
  return told ? `${had}; says that it ended` : had;
}
