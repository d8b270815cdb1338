import { type Html, html, name } from '../html';
import type { Lane } from '../story/lanes';
import type { LaneLine } from '../story/order';
import { sentenceOf } from '../words';

/** Every line there is, for whoever looks for one: on paper, too, where nothing can be unfolded. */
export const linesSection = (
  lanes: readonly Lane[],
  lines: readonly LaneLine[],
): Html => html`<section aria-labelledby="lines"><h2 id="lines">Every line</h2>
<p class="lead">All ${lines.length} lines of ${lanes.length === 1 ? 'the one journal' : `the ${lanes.length} journals`}, in the order of the timeline.</p>
<div class="wide"><table class="stacked lines"><thead><tr><th scope="col">Station</th><th scope="col">Line</th><th scope="col">Time, UTC</th><th scope="col">Event</th></tr></thead><tbody>
${lines.map(
  ({
    lane,
    line,
  }) => html`<tr><td data-label="Station">${name(lanes[lane]?.label ?? '')}</td><td data-label="Line">${line.n}</td><td class="time" data-label="Time, UTC">${line.at.slice(0, 19).replace('T', ' ')}</td><td data-label="Event">${sentenceOf(line)} <span class="mono soft">${line.event}${'digest' in line.data && line.data.digest !== undefined && line.data.digest !== '' ? ` ${line.data.digest}` : ''}</span></td></tr>
`,
)}</tbody></table></div></section>`;
