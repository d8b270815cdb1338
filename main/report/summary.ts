import type { Facts } from './facts';
import { type Html, html, name } from './html';
import { wordsOfFingerprint, wordsOfNonce } from './input';
import type { Outcome } from './outcome';

/** How it ended, first of all: the verdict, its reasons, and what became of the token step by step. */
export const outcomeSection = (
  outcome: Outcome,
): Html => html`<section aria-labelledby="outcome" class="verdict ${outcome.verdict}">
<h2 id="outcome"><span aria-hidden="true" class="sign">${SIGNS[outcome.verdict]}</span> ${outcome.headline}</h2>
${outcome.reasons.length > 0 ? html`<ul>${outcome.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : null}
<ol class="steps">${outcome.steps.map(
  ({ title, state, text }) =>
    html`<li class="${state}"><span class="mark" aria-hidden="true">${state === 'done' ? '✓' : state === 'missing' ? '!' : '–'}</span><b>${title}</b><span class="unseen">${state === 'missing' ? ' (missing)' : ''}: </span><span class="text">${text}</span></li>`,
)}</ol>
</section>${
  outcome.remarks.length > 0
    ? html`<section aria-labelledby="remarks"><h2 id="remarks">Exceptions, alarms and refusals</h2>
<ul class="remarks">${outcome.remarks.map(({ place, text }) => html`<li><span>${text}</span> <span class="soft">${name(place)}</span></li>`)}</ul></section>`
    : null
}`;

const SIGNS = { alarm: '!', caution: '!', complete: '✓' } as const;

/** What was agreed, and where and when it took place. */
export function factsSection({ plan, attempts, learners, from, to }: Facts, stations: number): Html {
  const rows: (readonly [string, Html])[] = [
    [
      'Purpose',
      plan
        ? said(plan.purpose)
        : html`<span class="soft">No journal of this archive holds the officer’s plan.</span>`,
    ],
  ];
  if (plan) {
    rows.push(['Ticket', said(plan.ticket)]);
    rows.push([
      'Server',
      html`<span class="mono">${plan.server}</span>${plan.cluster === '' ? null : html`, cluster <span class="mono">${plan.cluster}</span>`}`,
    ]);
    rows.push([
      'Method',
      html`${plan.method === 'pgp' ? 'PGP: the server encrypted the token to a key made for this ceremony' : 'One-time password: the server returned the token XORed with it'}`,
    ]);
    const custodians = plan.roster.filter(({ role }) => role === 'custodian').length;
    rows.push(['Quorum', html`${plan.threshold} shares needed, ${custodians} custodians on the roster`]);
    if (plan.tasks.length > 0) {
      rows.push([
        'Agreed tasks',
        html`<ol class="tasks">${plan.tasks.map((task) => html`<li>${task}</li>`)}</ol>`,
      ]);
    }
  }
  for (const { nonce } of attempts) {
    rows.push([
      'Attempt',
      html`<span class="words">${wordsOfNonce(nonce)}</span><br><span class="mono soft">nonce ${nonce}</span>`,
    ]);
  }
  rows.push([
    'When',
    from === ''
      ? html`Unknown`
      : html`<time datetime="${from}">${moment(from)}</time> to <time datetime="${to}">${moment(to)}</time> UTC, by the clocks of ${stations} ${stations === 1 ? 'station' : 'stations'}`,
  ]);
  if (learners.length > 0) {
    rows.push([
      'Who could learn the token',
      html`<ul class="learners">${learners.map((sentence) => html`<li>${sentence}</li>`)}</ul>`,
    ]);
  }
  return html`<section aria-labelledby="facts"><h2 id="facts">The ceremony</h2>
<dl>${rows.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>`;
}

const said = (text: string): Html =>
  text === '' ? html`<span class="soft">none given</span>` : html`${text}`;
const moment = (at: string): string => at.slice(0, 19).replace('T', ' ');

/** Everyone on the roster, and everyone who kept a journal without being on it. */
export const peopleSection = ({
  people,
}: Facts): Html => html`<section aria-labelledby="people"><h2 id="people">People</h2>
<p class="lead">A person is their signing key. Ask each of them for the six words before you rely on a name: the keys in this folder came with the folder.</p>
<div class="wide" role="region" tabindex="0" aria-label="Table of people"><table class="people"><thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Words of the key</th><th scope="col">Fingerprint</th><th scope="col">Journal</th></tr></thead><tbody>
${people.map(
  (
    person,
  ) => html`<tr><th scope="row">${name(person.name === '' ? 'unnamed' : person.name)}${person.onRoster ? null : html` <span class="tag">not on the roster</span>`}</th><td class="role">${person.role}</td><td class="words">${wordsOfFingerprint(person.fingerprint)}</td><td class="mono">${grouped(person.fingerprint)}</td><td>${person.station === '' ? html`<span class="soft">none here</span>` : name(person.station)}</td></tr>
`,
)}</tbody></table></div></section>`;

/** As gpg prints it: groups of four, a wider space in the middle. */
function grouped(fingerprint: string): Html {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  return html`<span class="half">${groups.slice(0, 5).join(' ')}</span> <span class="half">${groups.slice(5).join(' ')}</span>`;
}
