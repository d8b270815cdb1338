/** Markup that is safe to put into a page: only `html` makes it. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | readonly Html[];

// Names and remarks come from people, and folder names from whoever packed the archive: nothing of them may
// act as markup, nor turn the reading direction of the text around it.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. Invisible characters become visible ones. */
const escaped = (text: string): string =>
  text
    .replace(/[\t\r\n]/g, ' ')
    .replace(UNPRINTABLE, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A template of markup: whatever is put into it is escaped, unless it is markup itself; null is left out. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, i) => text + markup(parts[i - 1] ?? null) + string));
}

function markup(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escaped(String(part));
}

/** A name inside a sentence, which keeps its own reading direction to itself. */
export const name = (text: string): Html => html`<bdi>${text}</bdi>`;
