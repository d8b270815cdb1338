import { type Html, html, name } from '../html';
import type { Facts } from '../story/facts';
import { wordsOfFingerprint } from '../words';

/** Everyone on the roster, and everyone who kept a journal without being on it. */
export const peopleSection = ({
  people,
}: Facts): Html => html`<section aria-labelledby="people"><h2 id="people">People</h2>
<p class="lead">A person is their signing key. Ask each of them for the six words before you rely on a name: the keys in this folder came with the folder.</p>
<div class="wide"><table class="stacked people"><thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Words of the key</th><th scope="col">Fingerprint</th><th scope="col">Journal</th></tr></thead><tbody>
${people.map(
  (
    person,
  ) => html`<tr><th scope="row" data-label="Name">${name(person.name === '' ? 'unnamed' : person.name)}${person.onRoster ? null : html` <span class="tag">not on the roster</span>`}</th><td class="role" data-label="Role">${person.role}</td><td class="words" data-label="Words of the key">${wordsOfFingerprint(person.fingerprint)}</td><td class="mono" data-label="Fingerprint">${grouped(person.fingerprint)}</td><td data-label="Journal">${person.station === '' ? html`<span class="soft">none here</span>` : name(person.station)}</td></tr>
`,
)}</tbody></table></div></section>`;

/** As gpg prints it: groups of four, a wider space in the middle. */
function grouped(fingerprint: string): Html {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  return html`<span class="half">${groups.slice(0, 5).join(' ')}</span> <span class="half">${groups.slice(5).join(' ')}</span>`;
}
