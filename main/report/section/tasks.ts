import { requestLine, type ShownTask, shownTasks } from '../../../shared/task/shown-task';
import type { EventData } from '../../../shared/transcript/event';
import { type Html, html } from '../html';

/** What the token was agreed to be used for, as everyone read it before a share was released. */
export const tasksList = ({ tasks, roster, tokenKind }: EventData<'plan-agreed'>): Html =>
  html`<ol class="tasks">${shownTasks(tasks, roster, tokenKind ?? 'root').map(task)}</ol>`;

const task = ({ title, points, requests }: ShownTask): Html =>
  html`<li>${title}${points.length === 0 ? null : html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`}${requests.map(
    (request) =>
      html`<div class="mono soft">${requestLine(request)}${request.body === null ? null : html` ${request.body}`}</div>`,
  )}</li>`;
