import { shareKindName } from '../../../shared/ceremony/share-kind';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { type Html, html } from '../html';
import type { Facts } from '../story/facts';
import { wordsOfNonce } from '../words';
import { tasksList } from './tasks';

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
    if (plan.namespace !== undefined)
      rows.push(['Namespace', html`<span class="mono">${plan.namespace}</span>`]);
    const { tokenKind = 'root', namespace } = plan;
    rows.push(['Token', html`${tokenKindWords(tokenKind).one}. ${tokenKindSentence(tokenKind, namespace)}`]);
    rows.push([
      'Method',
      html`${plan.method === 'pgp' ? 'PGP: the server encrypted the token to a key made for this ceremony' : 'One-time password: the server returned the token XORed with it'}`,
    ]);
    const custodians = plan.roster.filter(({ role }) => role === 'custodian').length;
    rows.push([
      'Quorum',
      html`${plan.threshold} ${shareKindName(plan.shareKind) || 'shares'} needed, ${custodians} custodians on the roster`,
    ]);
    if (plan.tasks.length > 0) {
      rows.push(['Agreed tasks', tasksList(plan)]);
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
