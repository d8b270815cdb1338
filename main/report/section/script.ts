import {
  type CarriedOut,
  type CarriedOutSection,
  type CarriedOutStep,
  countOf,
  endOf,
  type StepRecord,
} from '../../../shared/script/carried-out';
import { type Html, html, name } from '../html';
import type { Facts } from '../story/facts';
import type { ToldScript } from '../story/script';
import { wordsOfDigest } from '../words';

/** The scripts of the ceremony as they were carried out: section by section, with every deviation. */
export const scriptSection = (told: readonly ToldScript[], facts: Facts): Html | null =>
  told.length === 0
    ? null
    : html`<section aria-labelledby="script"><h2 id="script">The script as carried out</h2>
${told.map((each) => oneScript(each, facts))}</section>`;

function oneScript({ script, lane }: ToldScript, { plan, people }: Facts): Html {
  const { steps, open, deviations } = countOf(script);
  const officer = lane.person || lane.label;
  return html`<h3>${script.title}, version ${script.version}</h3>
<p class="lead">${script.until === null ? '' : `Another took its place, or none, at ${moment(script.until)}. `}${script.about}</p>
${script.isWhole ? null : html`<p class="bad"><b>Not the whole script.</b> What is on record of it is not what its hash is of: have its file looked at.</p>`}
<dl><div><dt>Chosen</dt><dd>${moment(script.chosenAt)} UTC, by ${name(officer)}${plan === null ? null : html`, for the plan “${plan.title}”`}</dd></div>
<div><dt>Its words</dt><dd><span class="words">${wordsOfDigest(script.sha256)}</span><br><span class="mono soft">SHA-256 ${script.sha256}</span></dd></div>
<div><dt>Its steps</dt><dd>${steps}, of which ${steps - open - deviations} went as expected, ${deviations} deviated, ${open} ${open === 1 ? 'is' : 'are'} not on record as carried out</dd></div>${
    script.breaks.length === 0
      ? null
      : html`<div><dt>Breaks</dt><dd>${script.breaks.map(
          ({ from, to, stayed }) =>
            html`<p>${moment(from)} to ${to === null ? 'the end' : moment(to)} UTC; in the room: ${stayed === '' ? 'nobody' : name(stayed)}</p>`,
        )}</dd></div>`
  }</dl>
${peopleTable(script, people)}
${script.sections.map((section, i) => sectionTable(section, i + 1, officer))}
${deviationTable(script)}`;
}

const peopleTable = ({ roles, people }: CarriedOut, planned: Facts['people']): Html =>
  html`<div class="wide"><table class="stacked script-people"><caption>Roles of the script</caption><thead><tr><th scope="col">Role</th><th scope="col">Duty</th><th scope="col">Who</th></tr></thead><tbody>
${roles.map((role) => {
  const own = people.filter((person) => person.role === role.name);
  const ofPlan = planned.filter((person) => person.onRoster && person.role === role.plays);
  return html`<tr><th scope="row" data-label="Role">${role.name}</th><td data-label="Duty">${role.duty}</td><td data-label="Who">${ofPlan.map((person) => html`<p>${name(person.name)}</p>`)}${
    own.length + ofPlan.length === 0
      ? html`<span class="soft">nobody on record</span>`
      : own.map(
          (person) =>
            html`<p>${name(person.name)}${person.organisation === '' ? '' : html`, ${name(person.organisation)}`} <span class="soft">from ${time(person.from)}${person.to === null ? '' : ` to ${time(person.to)}`}</span></p>`,
        )
  }</td></tr>
`;
})}</tbody></table></div>`;

const sectionTable = ({ title, signs, steps }: CarriedOutSection, number: number, officer: string): Html =>
  html`<div class="wide"><table class="stacked script"><caption>${number}. ${title}</caption><thead><tr><th scope="col">Step</th><th scope="col">What was to be done and seen</th><th scope="col">What was seen</th><th scope="col">By whom, when</th></tr></thead><tbody>
${steps.map((step) => stepRow(step, officer))}</tbody></table></div>${
    signs.length === 0
      ? null
      : html`<p class="initials">Initials: ${signs.map((role) => html`<span>${role} <span class="blank"></span></span> `)}</p>`
  }
`;

function stepRow(step: CarriedOutStep, officer: string): Html {
  const end = endOf(step, officer);
  const planned = html`<p>${step.action}</p>${step.expected === '' ? null : html`<p class="soft">${step.expected}</p>`}<p class="soft">For: ${step.by}</p>`;
  const seen = html`${result(step)}${end === null || end.actual === '' ? null : html`<p>${end.actual}</p>`}${step.record !== null && step.done !== null && step.record.actual !== '' ? html`<p class="soft">${step.done.text}</p>` : null}${checks(step)}${deviation(step.record)}${
    step.after === null
      ? null
      : html`<p class="soft">Out of order: after step ${step.after} was carried out.</p>`
  }${step.earlier.map((each) => before(each))}`;
  return html`<tr class="${step.state}"><th scope="row" data-label="Step">${step.number}</th><td data-label="To be done">${planned}</td><td data-label="Seen">${seen}</td><td class="when" data-label="By, when">${
    end === null
      ? html`<span class="soft">nobody yet</span>`
      : html`<p>${name(end.by)}</p><p><time datetime="${end.at}">${time(end.at)}</time></p>`
  }</td></tr>
`;
}

function result({ state, done }: CarriedOutStep): Html {
  if (state === 'deviation') return html`<p><span class="tag">Deviation</span></p>`;
  if (state === 'as-expected') return html`<p><b>As expected</b></p>`;
  return html`<p><span class="kind-tag">Not on record as carried out</span></p>${
    done === null
      ? null
      : html`<p class="soft">${time(done.at)}: ${done.text}. Its checks were not ticked.</p>`
  }`;
}

const checks = ({ checks, record }: CarriedOutStep): Html | null =>
  checks.length === 0
    ? null
    : html`<ul class="ticks">${checks.map(({ text, value }, i) => {
        const given = record?.checks[i];
        const done = given?.done === true;
        return html`<li>${done ? '☑' : '☐'}<span class="unseen">${done ? ' ticked:' : ' not ticked:'}</span> ${text}${
          value === undefined ? null : html`: <b>${given?.value || `no ${value}`}</b>`
        }</li>`;
      })}</ul>`;

const deviation = (record: StepRecord | null): Html | null =>
  record === null || record.deviation === ''
    ? null
    : html`<p>${record.deviation} <span class="soft">Decided by ${name(record.decidedBy)}.</span></p>`;

const before = (record: StepRecord): Html =>
  html`<p class="soft">Recorded otherwise before, at ${time(record.at)} by ${name(record.by)}: ${record.result === 'deviation' ? `deviation: ${record.deviation}` : 'as expected'}${record.actual === '' ? '' : `; ${record.actual}`}${record.checks.some(({ value }) => value !== '') ? `; ${record.checks.map(({ value }) => value || '–').join(', ')}` : ''}</p>`;

function deviationTable({ sections }: CarriedOut): Html {
  const found = sections.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.state === 'deviation' && step.record !== null ? [step] : [])),
  );
  return found.length === 0
    ? html`<p class="lead">No step is on record as a deviation.</p>`
    : html`<div class="wide"><table class="stacked deviations"><caption>Deviations</caption><thead><tr><th scope="col">Step</th><th scope="col">When, UTC</th><th scope="col">What happened, and what was done</th><th scope="col">Decided by</th><th scope="col">Initials of all present</th></tr></thead><tbody>
${found.map(
  ({ number, record }) =>
    html`<tr><th scope="row" data-label="Step">${number}</th><td data-label="When, UTC">${moment(record?.at ?? '')}</td><td data-label="What happened">${record?.deviation ?? ''}</td><td data-label="Decided by">${name(record?.decidedBy ?? '')}</td><td data-label="Initials"><span class="blank"></span></td></tr>
`,
)}</tbody></table></div>`;
}

const moment = (at: string): string => at.slice(0, 19).replace('T', ' ');
const time = (at: string): string => at.slice(11, 19);
