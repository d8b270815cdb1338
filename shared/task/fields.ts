import { isPlainLine, plainLine } from '../plain-text';
import { durationIn, longestDuration } from './duration';
import { canonicalText, type JsonObject, jsonObjectIn, objectIn } from './json-object';
import { TaskError } from './task-error';

/** Who a recipient is: their fingerprint in lower-case hex. Throws `TaskError` where nobody is called so. */
export type PersonIn = (text: string) => string;

/** The fields of a task as a form or a file has them, read one by one. */
export class Fields {
  readonly #left: Set<string>;

  constructor(
    private readonly values: JsonObject,
    private readonly personIn: PersonIn,
  ) {
    this.#left = new Set(Object.keys(values));
  }

  /** Throws `TaskError` 'unknown-field' where the task has fields that nobody has asked for. */
  end(): void {
    const [field] = this.#left;
    if (field === undefined) return;
    throw new TaskError(
      'unknown-field',
      field,
      `This task has no field “${forSentence(field)}”. Leave it out.`,
    );
  }

  /** One line of text, '' where there is none. Throws `TaskError` 'missing', 'too-long', 'not-fitting'. */
  line(field: string, max: number, missing?: string): string {
    const value = this.#take(field) ?? '';
    if (typeof value !== 'string') throw notText(field);
    const text = plainLine(value);
    if (text === '' && missing !== undefined) throw new TaskError('missing', field, missing);
    if (text.length > max) throw tooLong(field, max);
    return text;
  }

  /** Lines, from a text or a list of lines. Tabs become spaces: a journal holds no control character. */
  lines(field: string, maxLines: number, maxLine: number): string[] {
    const value = this.#take(field) ?? '';
    const text = Array.isArray(value) && value.every(isText) ? value.join('\n') : value;
    if (typeof text !== 'string') throw notText(field);
    const lines = text
      .replaceAll('\t', '  ')
      .split(/\r\n|\r|\n/)
      .map((line) => line.trimEnd());
    while (lines.at(-1) === '') lines.pop();
    while (lines[0] === '') lines.shift();
    if (lines.length > maxLines) {
      throw new TaskError(
        'too-long',
        field,
        `This has ${lines.length} lines, and a plan carries ${maxLines}. Shorten it.`,
      );
    }
    if (lines.some((line) => line.length > maxLine)) throw tooLong(field, maxLine);
    if (!lines.every(isPlainLine)) {
      throw new TaskError(
        'not-fitting',
        field,
        'This holds a character that can’t be seen, or that makes text look like another. Type it anew.',
      );
    }
    return lines;
  }

  /** Words, from a list or from a text with commas or spaces between them. */
  words(field: string): string[] {
    const value = this.#take(field) ?? '';
    if (Array.isArray(value) && value.every(isText))
      return value.map((word) => word.trim()).filter((word) => word !== '');
    if (typeof value !== 'string') throw notText(field);
    return value.split(/[\s,]+/).filter((word) => word !== '');
  }

  /** A JSON object in its one form, from an object or its text; undefined where there is none. */
  json(field: string, max: number): string | undefined {
    const value = this.#take(field);
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
      return undefined;
    const object = typeof value === 'string' ? jsonObjectIn(value) : objectIn(value);
    const text = object === null ? null : canonicalText(object);
    if (text === null) {
      throw new TaskError(
        'not-fitting',
        field,
        'This is no JSON object. It begins with { and ends with }, and names stand in double quotes.',
      );
    }
    if (text.length > max) throw tooLong(field, max);
    return text;
  }

  /** A duration in seconds, 0 where there is none. */
  duration(field: string): number {
    const value = this.#take(field) ?? '';
    if (value === 0 || (typeof value === 'string' && ['', '0', '0s'].includes(value.trim()))) return 0;
    const found =
      typeof value === 'string'
        ? durationIn(value)
        : typeof value === 'number'
          ? durationIn(String(value))
          : null;
    if (found !== null) return found;
    throw new TaskError(
      'not-fitting',
      field,
      `This is no duration. Write it as 30m, 8h or 2d, and no longer than ${longestDuration / 86_400} days.`,
    );
  }

  /** A whole number from 0 on, 0 where there is none. */
  count(field: string, max: number): number {
    const value = this.#take(field) ?? 0;
    const text =
      typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() || '0' : '';
    if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
    throw new TaskError('not-fitting', field, `This is no whole number between 0 and ${max}.`);
  }

  /** Yes or no; `otherwise` where nothing is said. */
  flag(field: string, otherwise: boolean): boolean {
    const value = this.#take(field) ?? otherwise;
    if (typeof value === 'boolean') return value;
    throw new TaskError('not-fitting', field, 'This is either true or false.');
  }

  /** One of several names; `otherwise` where nothing is said. */
  oneOf<const T extends string>(field: string, names: readonly T[], otherwise?: T): T {
    const value = this.#take(field) ?? otherwise;
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    throw new TaskError(
      value === undefined ? 'missing' : 'not-fitting',
      field,
      `This is one of: ${names.join(', ')}.`,
    );
  }

  /** A person of the roster, as a fingerprint in lower-case hex; undefined where nobody is named. */
  person(field: string): string | undefined {
    const value = this.#take(field) ?? '';
    if (typeof value !== 'string') throw notText(field);
    return value.trim() === '' ? undefined : this.personIn(value.trim());
  }

  #take(field: string): unknown {
    this.#left.delete(field);
    return Object.hasOwn(this.values, field) ? this.values[field] : undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A name out of a file, as a sentence may have it. */
export const forSentence = (text: string): string => plainLine(text).slice(0, 40);

const notText = (field: string): TaskError => new TaskError('not-fitting', field, 'This has to be text.');

const tooLong = (field: string, max: number): TaskError =>
  new TaskError(
    'too-long',
    field,
    `This is longer than the ${max} characters that a plan carries. Shorten it.`,
  );
