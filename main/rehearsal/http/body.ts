import { z } from 'zod';
import { Refusal } from './reply';

/** A request's body: its fields by name, without those that are `null`. */
export type Body = Readonly<Record<string, unknown>>;

const object = z.record(z.string(), z.unknown());

/**
 * Parses a request's body: a JSON object, or nothing, or `null`. Throws `Refusal` 400, which says
 * `unreadable` first.
 */
export function parseBody(text: string, unreadable: string): Body {
  if (text.trim() === '') return {};
  const value = parseJson(text, unreadable);
  if (value === null) return {};
  const parsed = object.safeParse(value);
  if (!parsed.success) throw new Refusal(400, `${unreadable}: the body is not an object`);
  return Object.fromEntries(Object.entries(parsed.data).filter(([, field]) => field !== null));
}

function parseJson(text: string, unreadable: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, `${unreadable}: the body is not JSON`);
  }
}

/**
 * The fields that the schema knows; others are passed over. Throws `Refusal` 400, which names the first unfit
 * field.
 */
export function parseFields<T extends z.ZodObject>(schema: T, body: Body): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `Field validation failed: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** What Vault warns of when a request has fields that the path does not know. */
export function ignoredFieldsWarning(schema: z.ZodObject, body: Body): string[] {
  const ignored = Object.keys(body)
    .filter((name) => !(name in schema.shape))
    .sort();
  return ignored.length === 0
    ? []
    : [`Endpoint ignored these unrecognized parameters: [${ignored.join(' ')}]`];
}
