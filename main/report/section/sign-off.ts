import { countOf } from '../../../shared/script/carried-out';
import { type Html, html, name } from '../html';
import type { Facts } from '../story/facts';
import { type Statement, statementsOf, type ToldScript } from '../story/script';

/** The page that people sign with ink: their statements, and a line for each of them. */
export function signOffSection(told: ToldScript | undefined, { people }: Facts): Html {
  return html`<section class="sign-off" aria-labelledby="sign-off"><h2 id="sign-off">Sign-off</h2>
<p class="lead">To be printed and signed with ink by everyone who took part. It goes beside the signatures over the journals, and takes the place of none of them.</p>
${told === undefined ? null : html`<p>${summary(told)}</p>`}
${statementsOf(told, people).map(statement)}</section>`;
}

function summary({ script }: ToldScript): string {
  const { steps, open, deviations } = countOf(script);
  return `The script was “${script.title}”, version ${script.version}. Of its ${steps} steps ${deviations} ${deviations === 1 ? 'deviated' : 'have deviated'}, and ${open} ${open === 1 ? 'is' : 'are'} not on record as carried out.`;
}

const statement = ({ role, text, signers }: Statement): Html =>
  html`<div class="statement"><h3>${role}</h3><p>${text}</p>
<table class="stacked signing"><thead><tr><th scope="col">Name</th><th scope="col">Organisation</th><th scope="col">Signature</th><th scope="col">Date</th><th scope="col">Time</th></tr></thead><tbody>
${(signers.length === 0 ? [{ name: '', organisation: '' }] : signers).map(
  (signer) =>
    html`<tr><th scope="row" data-label="Name">${signer.name === '' ? blank : name(signer.name)}</th><td data-label="Organisation">${signer.organisation === '' ? blank : name(signer.organisation)}</td><td data-label="Signature">${blank}</td><td data-label="Date">${blank}</td><td data-label="Time">${blank}</td></tr>
`,
)}</tbody></table></div>
`;

const blank = html`<span class="blank"><span class="unseen">to be filled in</span></span>`;
