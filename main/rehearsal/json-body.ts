import { decodeGoJson, GoJsonError } from './go-json';
import { Refusal } from './reply';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A Go struct that a body is read into. */
export interface GoStruct<Name extends string> {
  readonly name: string;
  /** The name that is looked up, in lower case, to the one that Vault's error text shows. */
  readonly fields: Readonly<Record<Name, string>>;
}

/**
 * Parses a request's body, one character a byte, as Vault does before any handler looks at it: JSON, of which only the
 * first value counts. An empty body and `null` are `null`. Throws `Refusal` 400.
 */
export function parseBody(body: string): JsonObject | null {
  return decodeObject(body, 'error parsing JSON: ', 'map[string]interface {}') ?? null;
}

/**
 * Takes string fields out of a body, as Go fills a struct: names match in any case, the last one wins, `null` is
 * passed over, unknown names are ignored, and a missing one is ''.
 *
 * Returns `null` for an empty body. Throws `Refusal` 400.
 */
export function parseStruct<Name extends string>(
  body: string,
  { name: struct, fields }: GoStruct<Name>,
): Record<Name, string> | null {
  const object = decodeObject(body, '', `http.${struct}`);
  if (object === undefined) return null;
  const names = Object.keys(fields) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>;
  for (const [key, value] of Object.entries(object ?? {})) {
    const name = names.find((each) => each === key.toLowerCase());
    if (name === undefined || value === null) continue;
    if (typeof value !== 'string') {
      throw unfit('', value, `Go struct field ${struct}.${fields[name]} of type string`);
    }
    found[name] = value;
  }
  return found;
}

/** `undefined` for an empty body, `null` for `null`. */
function decodeObject(body: string, prefix: string, type: string): JsonObject | null | undefined {
  const value = decode(body, prefix);
  if (value === undefined || value === null) return value;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw unfit(prefix, value, `Go value of type ${type}`);
  }
  return value as JsonObject;
}

function decode(body: string, prefix: string): unknown {
  try {
    return decodeGoJson(body);
  } catch (error) {
    if (!(error instanceof GoJsonError)) throw error;
    throw new Refusal(400, `${prefix}failed to parse JSON input: ${error.message}`);
  }
}

const unfit = (prefix: string, value: unknown, place: string): Refusal =>
  new Refusal(
    400,
    `${prefix}failed to parse JSON input: json: cannot unmarshal ${goKind(value)} into ${place}`,
  );

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
