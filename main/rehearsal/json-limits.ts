import { matchEnd, utf8Text } from './go-json';
import { scanJsonString } from './json-string';
import { Refusal } from './reply';

const MAX_DEPTH = 300;
const MAX_STRING = 1024 * 1024;
const MAX_ENTRIES = 10_000;

interface Container {
  readonly kind: '{' | '[';
  readonly keys: Set<string>;
  entries: number;
  awaitsKey: boolean;
}

const SPACE = /[ \t\r\n]*/y;
const WORD = /[^ \t\r\n,}\]]*/y;
const NUMBER = /[-+\d.eE]*/y;

/**
 * The guard in front of Vault's handlers (since 1.20; `sdk/helper/jsonutil` and `http/handler.go` of 1.21.4) against
 * JSON that is too deep or too big. It looks at objects and arrays only, whatever the method and the path, and answers
 * what it dislikes, malformed JSON too, with status 500.
 *
 * `body` is one character a byte. Throws `Refusal` 500.
 */
export function checkJson(body: string): void {
  const bytes = body.replace(/^\xef\xbb\xbf/, '');
  let at = matchEnd(SPACE, bytes, 0);
  if (bytes[at] !== '{' && bytes[at] !== '[') return;
  const open: Container[] = [];
  let afterComma = false;
  for (const start = at; at < bytes.length; at = matchEnd(SPACE, bytes, at)) {
    const mark = bytes[at] ?? '';
    const container = open.at(-1);
    if (afterComma && mark === '}') throw refuse("invalid character '}' after object key-value pair");
    if (afterComma && mark === ']') throw refuse("invalid character ']' after array element");
    if (container === undefined && at > start)
      throw refuse(`invalid character '${mark}' after top-level value`);
    afterComma = mark === ',';
    if (mark === '{' || mark === '[') {
      enter(open, mark);
      at++;
    } else if (mark === '}' || mark === ']') {
      close(open, mark);
      at++;
    } else if (mark === ',') {
      if (container?.kind === '{') container.awaitsKey = true;
      at++;
    } else if (mark === ':') {
      at++;
    } else if (mark === '"') {
      const { value, end } = scanJsonString(bytes, at + 1, MAX_STRING);
      takeString(container, value);
      at = end;
    } else if (/[-\dtfn]/.test(mark)) {
      at = scalarEnd(bytes, at);
      if (container?.kind === '[') countEntry(container);
      else if (container !== undefined) container.awaitsKey = true;
    } else throw refuse(`invalid character '${mark}' looking for beginning of value`);
  }
  if (open.length > 0) throw refuse('malformed JSON, unclosed containers');
}

function enter(open: Container[], kind: '{' | '['): void {
  const outer = open.at(-1);
  if (outer?.kind === '[') countEntry(outer);
  else if (outer !== undefined) outer.awaitsKey = true;
  open.push({ kind, keys: new Set(), entries: 0, awaitsKey: kind === '{' });
  if (open.length > MAX_DEPTH) throw refuse('JSON input exceeds allowed nesting depth');
}

function close(open: Container[], mark: '}' | ']'): void {
  const container = open.pop();
  if (container?.kind === '{' && !container.awaitsKey) throw refuse("invalid character '}' after object key");
  if ((mark === '}') !== (container?.kind === '{')) {
    throw refuse(`malformed JSON: mismatched closing delimiter '${mark}'`);
  }
  const outer = open.at(-1);
  if (outer?.kind === '{') outer.awaitsKey = true;
}

function takeString(container: Container | undefined, value: string): void {
  if (container?.kind === '[') countEntry(container);
  if (container?.kind !== '{') return;
  container.awaitsKey = !container.awaitsKey;
  if (container.awaitsKey) return;
  if (container.keys.has(value)) throw refuse(`duplicate key '${utf8Text(value)}' in object`);
  container.keys.add(value);
  countEntry(container);
}

function countEntry(container: Container): void {
  container.entries++;
  if (container.entries <= MAX_ENTRIES) return;
  throw refuse(
    container.kind === '{'
      ? 'JSON object exceeds allowed entry count'
      : 'JSON array exceeds allowed element count',
  );
}

/** Any word will do that begins with t, f or n; a number has to be one that Go's `ParseFloat` takes. */
function scalarEnd(bytes: string, at: number): number {
  if (/[tfn]/.test(bytes[at] ?? '')) return matchEnd(WORD, bytes, at);
  const [, second] = /^0(\d)/.exec(bytes.slice(at, at + 2)) ?? [];
  if (second !== undefined) throw refuse(`invalid character '${second}' after top-level value`);
  const end = matchEnd(NUMBER, bytes, at);
  const number = bytes.slice(at, end);
  if (!Number.isFinite(Number(number))) {
    throw refuse(`malformed JSON, invalid number syntax for '${number}'`);
  }
  return end;
}

const refuse = (text: string): Refusal => new Refusal(500, text);
