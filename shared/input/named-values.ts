import { type Kind, kinds, tokenNames } from './kinds';
import { bare, seen, unmarkedLines } from './tidy';

/** A value that a text names. */
export interface NamedValue {
  readonly kind: Kind | 'root-token' | null;
  readonly value: string;
}

/** `unseal_keys_b64`, `Unseal Key 1` and `Recovery-Key #2` as the table has them. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_.-]+/g, ' ')
    .replace(/(?: #?|#) ?\d{1,3}$/, '')
    .trim();

function kindNamed(name: string): NamedValue['kind'] {
  const plain = plainName(name);
  if (tokenNames.test(plain)) return 'root-token';
  for (const [kind, { names }] of Object.entries(kinds)) if (names?.test(plain)) return kind as Kind;
  return null;
}

/**
 * What a text names, in the order in which it stands there: JSON, whole or torn out of it, else lines and
 * tables. Empty where it names nothing that is known here.
 */
export function namedValues(given: string): NamedValue[] {
  // JSON in a string of JSON, or in a shell's quotes.
  const text = given.includes('\\"') && !isJsonLike(given) ? given.replaceAll('\\"', '"') : given;
  const found = isJsonLike(text) ? inJson(text) : inLines(withLineEnds(text));
  return found.some(({ kind }) => kind !== null) ? found.filter(({ value }) => value !== '') : [];
}

/** A field of one line has lost its line ends. */
const withLineEnds = (text: string): string =>
  text.replace(/(?<=\S)[ \t]*(?=(?:Unseal Key|Recovery Key|Initial Root Token)\b)/g, '\n');

const quote = '["“”„]';
const string = `${quote}((?:[^"“”„\\\\]|\\\\.)*)${quote}`;
const jsonName = new RegExp(`${string}\\s*:`);
const isJsonLike = (text: string): boolean => jsonName.test(text);

/**
 * A name and all strings up to the next name. Parts of JSON are read like this, too: people copy what they
 * need.
 */
function inJson(text: string): NamedValue[] {
  const lines = unmarkedLines(text).join('\n');
  const token = new RegExp(`${string}(\\s*:)?`, 'g');
  const found: NamedValue[] = [];
  let kind: NamedValue['kind'] = null;
  for (const [, content = '', colon] of lines.matchAll(token)) {
    if (colon !== undefined) kind = kindNamed(content);
    else found.push({ kind, value: unescaped(content) });
  }
  return found;
}

/** JSON may write `/` and `=` otherwise, and a line end as `\n`. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text
        .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        .replace(/\\[nrt]/g, '\n')
        .replace(/\\(.)/g, '$1')
        .trim()
    : text.trim();

/** `Name: value`, `Name = value`, or the columns of a table; a name has few words. */
const namedLine = /^["'“]?([A-Za-z][\w #.-]{0,40}?)["'”]?(?:\s*[:=]|\s{2,}|\t+)\s*(.*)$/;
/** As the server's command line prints shares to PGP keys. */
const fingerprinted = /^key \d+ fingerprint:.*?;\s*(value:.*)$/i;
const tableHead = /^(?:key\s+value|-+\s+-+)$/i;
/** YAML's marks of a value on the lines that follow. */
const blockMark = /^[|>][+-]?$/;
const hasWords = /\S\s\S/;

interface Growing {
  readonly kind: NamedValue['kind'];
  value: string;
}

function inLines(text: string): NamedValue[] {
  const found: Growing[] = [];
  /** The value that the lines after it may go on with. */
  let open: Growing | null = null;
  // A list's marks say where a value begins.
  const listed = seen(text)
    .split(/\r\n|[\n\r]/)
    .map((line) => /^\s*[-*•]\s/.test(line));
  for (const [at, marked] of unmarkedLines(text).entries()) {
    const line = fingerprinted.exec(marked)?.[1] ?? marked;
    if (tableHead.test(line)) continue;
    const [, name = '', value = ''] = namedLine.exec(line) ?? [];
    const kind = kindNamed(name);
    if (kind !== null) {
      open = { kind, value: value.replace(blockMark, '') };
      found.push(open);
      continue;
    }
    if (open === null || (line === '' && open.value === '')) continue;
    if (line === '' || hasWords.test(line)) open = null;
    else if (open.value !== '' && listed[at] === true) {
      open = { kind: open.kind, value: line };
      found.push(open);
    } else open.value = `${open.value}\n${line}`.trim();
  }
  return found.map(({ kind, value }) => ({
    kind,
    value: kind === null || kind === 'root-token' ? value.trim() : bare(value, kind),
  }));
}
