import { type Html, html, name } from '../html';
import type { Outcome } from '../story/outcome';

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
