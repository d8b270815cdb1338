import { parseGoBool } from './go-bool';
import type { JsonObject } from './json-body';
import { Refusal } from './reply';

export type FieldType = 'string' | 'int' | 'bool' | 'strings' | 'pairs';

interface FieldValue {
  readonly string: string;
  readonly int: number;
  readonly bool: boolean;
  readonly strings: readonly string[];
  readonly pairs: Readonly<Record<string, string>>;
}

export type Schema = Readonly<Record<string, FieldType>>;
export type Fields<S extends Schema> = { readonly [K in keyof S]: FieldValue[S[K]] | undefined };

/**
 * The fields of a request that the schema knows, converted as generously as Vault does it (5 is "5", "5" is 5).
 * Missing and `null` ones are `undefined`. Throws `Refusal` 400 with Vault's words for what can't be converted.
 */
export function decodeFields<S extends Schema>(schema: S, body: JsonObject | null): Fields<S> {
  const fields: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(schema)) {
    const value = body?.[name];
    if (value === undefined || value === null) continue;
    try {
      fields[name] = CONVERTERS[type](value);
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      throw new Refusal(
        400,
        `Field validation failed: error converting input for field "${name}": ${reason}`,
      );
    }
  }
  return fields as Fields<S>;
}

/** What Vault warns of when a request has fields that the path doesn't know. */
export function ignoredFieldsWarning(schema: Schema, body: JsonObject | null): string[] {
  const ignored = Object.keys(body ?? {})
    .filter((name) => !(name in schema))
    .sort();
  return ignored.length === 0
    ? []
    : [`Endpoint ignored these unrecognized parameters: [${ignored.join(' ')}]`];
}

const CONVERTERS: Readonly<Record<FieldType, (value: unknown) => unknown>> = {
  string: (value) => asString(value),
  int: asInt,
  bool: asBool,
  strings: asStrings,
  pairs: asPairs,
};

function asString(value: unknown, name = ''): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  throw new Error(unconvertible('string', value, name));
}

/** Go keeps a number as its text, and so takes it for what that text says. */
function asInt(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === '') return 0;
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(unconvertible('int', value));
  if (/^[-+]?\d+$/.test(String(value))) return Number(value);
  throw new Error(`cannot parse '' as int: strconv.ParseInt: parsing "${value}": invalid syntax`);
}

function asBool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(unconvertible('bool', value));
  const parsed = value === '' ? false : parseGoBool(String(value));
  if (parsed !== null) return parsed;
  throw new Error(`cannot parse '' as bool: strconv.ParseBool: parsing "${value}": invalid syntax`);
}

/** A single value is a list of one, an empty object an empty list. */
function asStrings(value: unknown): string[] {
  const values = Array.isArray(value) ? value : isEmptyObject(value) ? [] : [value];
  const problems: string[] = [];
  const texts = values.map((each, index) => {
    try {
      return asString(each, `[${index}]`);
    } catch (error) {
      problems.push(`\n* ${error instanceof Error ? error.message : ''}`);
      return '';
    }
  });
  if (problems.length > 0) throw new Error(`${problems.length} error(s) decoding:\n${problems.join('')}`);
  return texts;
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function asPairs(value: unknown): Record<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asString(each)]));
  }
  const texts = Array.isArray(value) ? value.map((each) => asString(each)) : [asString(value)];
  return Object.fromEntries(
    texts.map((text) => {
      const split = text.indexOf('=');
      if (split < 0) throw new Error(`invalid key pair "${text}"`);
      return [text.slice(0, split), text.slice(split + 1)];
    }),
  );
}

function unconvertible(type: string, value: unknown, name = ''): string {
  return `'${name}' expected type '${type}', got unconvertible type '${goType(value)}', value: '${goText(value)}'`;
}

const goType = (value: unknown): string =>
  Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';

function goText(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${pairs.map(([key, each]) => `${key}:${goText(each)}`).join(' ')}]`;
}
