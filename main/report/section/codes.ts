import { type Html, html, name } from '../html';
import type { ReportInput } from '../input';
import { pictureAddress } from '../picture-address';
import type { Facts } from '../story/facts';
import type { Lane } from '../story/lanes';
import type { MessageRow, Row } from '../story/rows';
import { wordsOfDigest } from '../words';

/** The codes that crossed the gap, as they were drawn: each with what it is, from whom and to whom. */
export function codesSection(
  { pictures }: ReportInput,
  lanes: readonly Lane[],
  rows: readonly Row[],
  people: Facts['people'],
): Html | null {
  if (pictures.length === 0) return null;
  // A message that was shown to several people was drawn for each.
  const drawn = pictures.filter(
    ({ digest }, i) => pictures.findIndex((each) => each.digest === digest) === i,
  );
  const messages = rows.flatMap((row) => (row.kind === 'message' ? [row] : []));
  const parted = drawn.filter(({ files }) => files.filter(isLocal).length > 1).length;
  return html`<section aria-labelledby="codes"><h2 id="codes">Codes that crossed the gap</h2>
<p class="lead">As they were drawn, in this folder’s <code>qr</code>: ${drawn.length} messages.${parted === 0 ? '' : ` Of the ${parted} that move, the first part is shown here.`} None is secret to whoever reads it: a share is sealed to its station.</p>
<div class="codes">${drawn.map(({ digest, type, from, files }) => {
    const local = files.filter(isLocal);
    const words = wordsOfDigest(digest);
    const crossed = messages.filter((row) => row.digest === digest);
    const kind = crossed[0]?.type ?? type ?? 'message';
    return html`<figure>${local[0] === undefined ? null : html`<img src="${pictureAddress(local[0])}" alt="QR code of the ${kind} message ${words}">`}<figcaption><b>${kind}</b> ${words}${way(lanes, crossed) ?? signer(people, from)}${local.length > 1 ? html` <span class="soft">first of ${local.length} parts</span>` : null}</figcaption></figure>`;
  })}</div></section>`;
}

/** From whom to whom, as far as the journals of the archive tell. */
function way(lanes: readonly Lane[], crossed: readonly MessageRow[]): Html | null {
  const label = (lane: number | undefined): string => (lane === undefined ? '' : (lanes[lane]?.label ?? ''));
  const from = label(crossed.find((row) => row.from !== null)?.from?.lane);
  const to = [...new Set(crossed.flatMap((row) => (row.to === null ? [] : [label(row.to.lane)])))];
  if (from === '' && to.length === 0) return null;
  return html` <span class="soft">${from === '' ? 'from elsewhere' : name(from)}${to.length === 0 ? null : html` → ${to.map((each, i) => html`${i === 0 ? '' : ', '}${name(each)}`)}`}</span>`;
}

/** Identities, checkpoints and signatures cross before or after the journals of a ceremony. */
function signer(people: Facts['people'], fingerprint: string | undefined): Html {
  const known = people.find((person) => person.fingerprint === fingerprint)?.name;
  return html` <span class="soft">by ${known === undefined ? 'somebody else' : name(known)}, outside of the journals</span>`;
}

/** A picture of this folder, and nothing else in the world. */
const isLocal = (file: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:|^[/\\]|\\/i.test(file) && !file.split('/').includes('..');
