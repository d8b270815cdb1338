import { Refusal } from './reply';

const MAX_DEPTH = 500;
const MAX_STRING = 1024 * 1024;
const MAX_ENTRIES = 10_000;

interface Container {
  readonly kind: '{' | '[';
  readonly keys: Set<string>;
  entries: number;
  awaitsKey: boolean;
}

const TOKEN =
  /[ \t\r\n]*(?:([{}[\]:,])|"((?:[^"\\]|\\[\s\S])*)"|([-\d][\d.eE+-]*|[tfn][^\s,}\]]*)|([\s\S]))/y;

/**
 * The guard in front of Vault's handlers (since 1.20) against JSON that is too deep or too big. It looks at objects and
 * arrays only, and answers whatever it dislikes, malformed JSON too, with status 500.
 *
 * Throws `Refusal` 500.
 */
export function checkJson(body: string): void {
  const text = body.replace(/^\uFEFF/, '').replace(/[ \t\r\n]+$/, '');
  if (!/^[ \t\r\n]*[{[]/.test(text)) return;
  const open: Container[] = [];
  let afterComma = false;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, mark, string, scalar, other] = TOKEN.exec(text) ?? [];
    const container = open.at(-1);
    if (afterComma && mark === '}') throw refuse("invalid character '}' after object key-value pair");
    if (afterComma && mark === ']') throw refuse("invalid character ']' after array element");
    afterComma = mark === ',';
    if (other === '"') throw refuse('malformed JSON, unclosed string');
    if (other !== undefined) throw refuse(`invalid character '${other}' looking for beginning of value`);
    if (mark === '{' || mark === '[') {
      if (container?.kind === '[') countEntry(container);
      else if (container !== undefined) container.awaitsKey = true;
      open.push({ kind: mark, keys: new Set(), entries: 0, awaitsKey: mark === '{' });
      if (open.length > MAX_DEPTH) throw refuse('JSON input exceeds allowed nesting depth');
    } else if (mark === '}' || mark === ']') {
      close(open, mark);
      if (open.length === 0) break;
    } else if (mark === ',') {
      if (container?.kind === '{') container.awaitsKey = true;
    } else if (string !== undefined) {
      if (string.length > MAX_STRING) throw refuse('JSON string value exceeds allowed length');
      takeString(container, string);
    } else if (scalar !== undefined && container !== undefined) {
      if (container.kind === '[') countEntry(container);
      else container.awaitsKey = true;
    }
  }
  if (open.length > 0) throw refuse('malformed JSON, unclosed containers');
  const rest = text.slice(TOKEN.lastIndex).trimStart();
  if (rest !== '') throw refuse(`invalid character '${rest[0]}' after top-level value`);
}

function takeString(container: Container | undefined, string: string): void {
  if (container?.kind === '[') countEntry(container);
  if (container?.kind !== '{') return;
  if (!container.awaitsKey) {
    container.awaitsKey = true;
    return;
  }
  if (container.keys.has(string)) throw refuse(`duplicate key '${string}' in object`);
  container.keys.add(string);
  countEntry(container);
  container.awaitsKey = false;
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

function close(open: Container[], mark: '}' | ']'): void {
  const container = open.at(-1);
  if (container?.kind === '{' && !container.awaitsKey) throw refuse("invalid character '}' after object key");
  if ((mark === '}') !== (container?.kind === '{')) {
    throw refuse(`malformed JSON: mismatched closing delimiter '${mark}'`);
  }
  open.pop();
  const outer = open.at(-1);
  if (outer?.kind === '{') outer.awaitsKey = true;
}

const refuse = (text: string): Refusal => new Refusal(500, text);
