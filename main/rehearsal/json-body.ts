import { checkJson } from './json-limits';
import { Refusal } from './reply';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses a request's body as Vault's handlers do before they look at any field.
 *
 * Returns `null` for an empty body and for a JSON `null`, told apart by `isEmpty`. Throws `Refusal`: 500 from the
 * guard against oversized JSON, which also meets most malformed JSON first, otherwise 400.
 */
export function parseBody(body: string): JsonObject | null {
  checkJson(body);
  if (isEmpty(body)) return null;
  const value = parseValue(body, 'error parsing JSON: failed to parse JSON input: ');
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Refusal(
      400,
      `error parsing JSON: failed to parse JSON input: json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`,
    );
  }
  return value as JsonObject;
}

export const isEmpty = (body: string): boolean => /^[ \t\r\n]*$/.test(body);

/**
 * Takes string fields out of a body, as Go fills a struct: names match in any case, the last one wins, `null` is
 * passed over, unknown names are ignored, and a missing one is ''.
 *
 * `fields` maps the name that is looked up to the name that Vault's error text shows. Throws `Refusal` 400.
 */
export function stringFields<Name extends string>(
  body: JsonObject | null,
  struct: string,
  fields: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const found = Object.fromEntries(Object.keys(fields).map((name) => [name, ''])) as Record<Name, string>;
  for (const [key, value] of Object.entries(body ?? {})) {
    const name = (Object.keys(fields) as Name[]).find((each) => each === key.toLowerCase());
    if (name === undefined || value === null) continue;
    if (typeof value !== 'string') {
      throw new Refusal(
        400,
        `failed to parse JSON input: json: cannot unmarshal ${goKind(value)} into Go struct field ${struct}.${fields[name]} of type string`,
      );
    }
    found[name] = value;
  }
  return found;
}

function parseValue(body: string, prefix: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    const first = body.trimStart()[0] ?? '';
    const reason = /[[{"tfn\d-]/.test(first)
      ? 'unexpected EOF'
      : `invalid character '${first}' looking for beginning of value`;
    throw new Refusal(400, prefix + reason);
  }
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
