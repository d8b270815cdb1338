import canonicalize from 'canonicalize';
import { isPlainLine } from '../plain-text';

/** A JSON object as a value. */
export type JsonObject = { readonly [name: string]: unknown };

/**
 * The object of a text, or null where the text is anything else. Numbers are those of JavaScript: what a text
 * says beyond their precision is lost, and shows in `canonicalText`.
 */
export function jsonObjectIn(text: string): JsonObject | null {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The value itself where it is an object, and neither an array nor null. */
export const objectIn = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

/**
 * The object as the one text that every station shows and sends: RFC 8785, keys in order, no space. Null
 * where it holds what JSON can't, or a character that a line can't show.
 */
export function canonicalText(value: JsonObject): string | null {
  try {
    const text = canonicalize(value);
    return text !== undefined && isPlainLine(text) ? text : null;
  } catch {
    return null;
  }
}

/** Whether a text is a JSON object, in that form. */
export function isCanonicalObject(text: string): boolean {
  const value = jsonObjectIn(text);
  return value !== null && canonicalText(value) === text;
}
