import { type Html, html } from '../html';
import type { ReportInput } from '../input';
import type { LaneLine } from '../story/order';
import { wordsOfDigest } from '../words';

/** The codes that crossed the gap, as they were drawn. */
export function codesSection({ pictures }: ReportInput, lines: readonly LaneLine[]): Html | null {
  if (pictures.length === 0) return null;
  // A message that was shown to several people was drawn for each.
  const drawn = pictures.filter(
    ({ digest }, i) => pictures.findIndex((each) => each.digest === digest) === i,
  );
  const types = new Map(
    lines.flatMap(({ line }) =>
      line.event === 'message-sent' || line.event === 'message-received'
        ? [[line.data.digest, line.data.type]]
        : [],
    ),
  );
  return html`<section aria-labelledby="codes"><h2 id="codes">Codes that crossed the gap</h2>
<p class="lead">As they were drawn, in this folder’s <code>qr</code>: ${drawn.length} messages.</p>
<div class="codes">${drawn.map(({ digest, type, files }) => {
    const local = files.filter(isLocal);
    const words = wordsOfDigest(digest);
    const kind = types.get(digest) ?? type ?? 'message';
    return html`<figure>${local[0] === undefined ? null : html`<img src="${url(local[0])}" alt="QR code of the ${kind} message ${words}" loading="lazy">`}<figcaption><b>${kind}</b> ${words}${local.length > 1 ? html` <span class="soft">first of ${local.length} parts</span>` : null}</figcaption></figure>`;
  })}</div></section>`;
}

/** A picture of this folder, and nothing else in the world. */
const isLocal = (file: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:|^[/\\]|\\/i.test(file) && !file.split('/').includes('..');

const url = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
