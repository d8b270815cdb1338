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

type Fits = (value: unknown) => boolean;

/**
 * Whether a line out of a journal (parsed JSON) is what `lineHead` and the event want, and nothing in it
 * would be cleaned or written in another way. A quick yes, for the lines that Airlock writes: where it is no,
 * the schemas themselves have to say what is wrong, if anything. Read from what `verify.sh` goes by as well.
 */
export function isAsWritten(event: EventName, value: unknown): boolean {
  const known = lines.get(event);
  if (known !== undefined) return known(value);
  const whole = lineHead.extend({ event: z.literal(event), data: events[event] });
  lines.set(event, fitsOf(z.toJSONSchema(whole, { io: 'input' }) as Schema));
  return isAsWritten(event, value);
}

const lines = new Map<EventName, Fits>();

/** As values lie in a journal: the schemas take either case, and write one. */
const FORMS: Readonly<Record<string, RegExp>> = {
  hash: /^[0-9a-f]{64}$/,
  fingerprint: /^(?:[0-9A-F]{40})?$/,
  'key fingerprint': /^(?:[0-9A-F]{40}|[0-9A-F]{64})?$/,
  ceremony: /^(?:[0-9a-f]{32})?$/,
};

function fitsOf(schema: Schema): Fits {
  const { type, anyOf, const: only, enum: some } = schema;
  if (anyOf !== undefined) {
    const each = anyOf.map(fitsOf);
    return (value) => each.some((fits) => fits(value));
  }
  if ('const' in schema) return (value) => value === only;
  if (some !== undefined) {
    const all = new Set(some);
    return (value) => all.has(value);
  }
  switch (type) {
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'integer':
      return integer(schema);
    case 'string':
      return text(schema);
    case 'array':
      return array(schema);
    case 'object':
      return object(schema);
    default:
      return () => false;
  }
}

const integer =
  ({ minimum = 0, maximum = 0 }: Schema): Fits =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum;

function text({ is, pattern, minLength, maxLength }: Schema): Fits {
  if (is === 'time') return (value) => typeof value === 'string' && isTime(value);
  const form = is === undefined ? (pattern === undefined ? undefined : new RegExp(pattern)) : FORMS[is];
  if (form !== undefined) return (value) => typeof value === 'string' && form.test(value);
  if (minLength === undefined || maxLength === undefined) return () => false;
  return (value) =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength && isCleanText(value);
}

function array({ items = {}, maxItems = 0 }: Schema): Fits {
  const fits = fitsOf(items);
  return (value) => Array.isArray(value) && value.length <= maxItems && value.every(fits);
}

/** In a journal names stand in the order of RFC 8785, by UTF-16 code units, as `sort` has them. */
function object({ properties = {}, required = [] }: Schema): Fits {
  const fields = Object.keys(properties)
    .sort()
    .map((name) => ({
      name,
      fits: fitsOf(properties[name] ?? {}),
      isNeeded: required.includes(name),
    }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const names = Object.keys(value);
    let at = 0;
    for (const { name, fits, isNeeded } of fields) {
      if (names[at] !== name) {
        if (isNeeded) return false;
      } else {
        if (!fits((value as Readonly<Record<string, unknown>>)[name])) return false;
        at += 1;
      }
    }
    return at === names.length;
  };
}
