import { type Html, html, name } from '../html';
import type { Lane } from '../story/lanes';
import type { LaneLine } from '../story/order';
import { sentenceOf } from '../words';

/** Every line there is, for whoever looks for one. */
export const linesSection = (
  lanes: readonly Lane[],
  lines: readonly LaneLine[],
): Html => html`<section aria-labelledby="lines"><h2 id="lines">Every line</h2>
<details><summary>All ${lines.length} lines of the ${lanes.length} journals, in the order of the timeline</summary>
<div class="wide" role="region" tabindex="0" aria-label="Table of every line"><table class="lines"><thead><tr><th scope="col">Station</th><th scope="col">Line</th><th scope="col">Time, UTC</th><th scope="col">Event</th></tr></thead><tbody>
${lines.map(
  ({
    lane,
    line,
  }) => html`<tr><td>${name(lanes[lane]?.label ?? '')}</td><td>${line.n}</td><td class="time">${line.at.slice(0, 19).replace('T', ' ')}</td><td>${sentenceOf(line)} <span class="mono soft">${line.event}${'digest' in line.data && line.data.digest !== '' ? ` ${line.data.digest}` : ''}</span></td></tr>
`,
)}</tbody></table></div></details></section>`;
