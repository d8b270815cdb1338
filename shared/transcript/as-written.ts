import { z } from 'zod';
import { type EventName, events, isCleanText, isTime, lineHead } from './event';

/** The words of JSON Schema that events are described in, and `is`, for a form that it has no word for. */
export interface Schema {
  readonly type?: string;
  readonly is?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/**
 * Whether a line out of a journal (parsed JSON) is what `lineHead` and the event want, with its names in
 * their order, and nothing in it would be cleaned or written in another way. A quick yes, for the lines that
 * Airlock writes: where it is no, the schemas themselves have to say what is wrong, if anything. Read from
 * what `verify.sh` goes by as well.
 */
export function isAsWritten(event: EventName, value: unknown): boolean {
  const known = lines.get(event);
  if (known !== undefined) return fits(known, value);
  const whole = lineHead.extend({ event: z.literal(event), data: events[event] });
  lines.set(event, formOf(z.toJSONSchema(whole, { io: 'input' }) as Schema));
  return isAsWritten(event, value);
}

const lines = new Map<EventName, Form>();

/**
 * A schema, as `fits` goes by it. Plain data that one function reads, of one shape whatever it says: the
 * script engine would compile a function of its own for each field of each event, which takes longer than
 * reading a hundred ceremonies.
 */
interface Form {
  readonly kind:
    | 'any of'
    | 'one of'
    | 'boolean'
    | 'integer'
    | 'time'
    | 'pattern'
    | 'text'
    | 'list'
    | 'object'
    | 'none';
  /** Values, of 'one of'. */
  readonly values: ReadonlySet<unknown>;
  readonly pattern: RegExp;
  /** Of a number, or of a length. */
  readonly least: number;
  readonly most: number;
  /** Of 'any of' each; of a list its items' one; of an object its fields'. */
  readonly forms: readonly Form[];
  /** Of an object's fields, in their order. */
  readonly names: readonly string[];
  readonly needed: readonly boolean[];
}

const form = (kind: Form['kind'], said: Partial<Form> = {}): Form => ({
  kind,
  values: said.values ?? new Set(),
  pattern: said.pattern ?? /(?!)/,
  least: said.least ?? 0,
  most: said.most ?? 0,
  forms: said.forms ?? [],
  names: said.names ?? [],
  needed: said.needed ?? [],
});

/** As values lie in a journal: the schemas take either case, and write one. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  hash: /^[0-9a-f]{64}$/,
  fingerprint: /^(?:[0-9A-F]{40})?$/,
  'key fingerprint': /^(?:[0-9A-F]{40}|[0-9A-F]{64})?$/,
  ceremony: /^(?:[0-9a-f]{32})?$/,
};

function formOf(schema: Schema): Form {
  const { type, anyOf, const: only, enum: some, minimum, maximum, items = {}, maxItems } = schema;
  if (anyOf !== undefined) return form('any of', { forms: anyOf.map(formOf) });
  if ('const' in schema) return form('one of', { values: new Set([only]) });
  if (some !== undefined) return form('one of', { values: new Set(some) });
  switch (type) {
    case 'boolean':
      return form('boolean');
    case 'integer':
      return form('integer', { least: minimum ?? 0, most: maximum ?? 0 });
    case 'string':
      return textForm(schema);
    case 'array':
      return form('list', { most: maxItems ?? 0, forms: [formOf(items)] });
    case 'object':
      return objectForm(schema);
    default:
      return form('none');
  }
}

function textForm({ is, pattern, minLength, maxLength }: Schema): Form {
  if (is === 'time') return form('time');
  const own = is === undefined ? (pattern === undefined ? undefined : new RegExp(pattern)) : PATTERNS[is];
  if (own !== undefined) return form('pattern', { pattern: own });
  return minLength === undefined || maxLength === undefined
    ? form('none')
    : form('text', { least: minLength, most: maxLength });
}

/** In a journal names stand in the order of RFC 8785, by UTF-16 code units, as `sort` has them. */
function objectForm({ properties = {}, required = [] }: Schema): Form {
  const names = Object.keys(properties).sort();
  return form('object', {
    names,
    needed: names.map((name) => required.includes(name)),
    forms: names.map((name) => formOf(properties[name] ?? {})),
  });
}

function fits(form: Form, value: unknown): boolean {
  switch (form.kind) {
    case 'any of':
      return form.forms.some((one) => fits(one, value));
    case 'one of':
      return form.values.has(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value) && Number(value) >= form.least && Number(value) <= form.most;
    case 'time':
      return typeof value === 'string' && isTime(value);
    case 'pattern':
      return typeof value === 'string' && form.pattern.test(value);
    case 'text':
      return (
        typeof value === 'string' &&
        value.length >= form.least &&
        value.length <= form.most &&
        isCleanText(value)
      );
    case 'list':
      return Array.isArray(value) && value.length <= form.most && areAll(form, value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && hasFields(form, value);
    default:
      return false;
  }
}

function areAll({ forms: [one] }: Form, values: readonly unknown[]): boolean {
  for (const value of values) if (one === undefined || !fits(one, value)) return false;
  return true;
}

function hasFields({ names, needed, forms }: Form, value: object): boolean {
  const there = Object.keys(value);
  let at = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const one = forms[i];
    if (there[at] !== name) {
      if (needed[i]) return false;
    } else {
      if (one === undefined || !fits(one, (value as Readonly<Record<string, unknown>>)[name])) return false;
      at += 1;
    }
  }
  return at === there.length;
}
