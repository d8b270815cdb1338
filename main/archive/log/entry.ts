import { utf8 } from '@scure/base';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { isPlainLine, nameMax } from '../../../shared/plain-text';
import { ArchiveError } from '../archive-error';
import { sha256Of } from '../evidence/bundle';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const fingerprint = z.string().regex(/^[0-9A-F]{40}$/);
const ceremony = z.string().regex(/^[0-9a-f]{32}$/);
const words = (max: number) =>
  z.string().min(1).max(max).refine(isPlainLine, 'must be one line of plain text');

/** What each entry of the log records, by its event's name. */
export const events = {
  /** The first entry: the archive's random id, and the archivist whose key signs it. */
  opened: z.strictObject({
    archive: z.string().regex(/^[0-9a-f]{32}$/),
    name: z.string().min(1).max(nameMax),
    /** Base64 of the binary OpenPGP public key of whoever is `who` of this entry. */
    publicKey: z.base64().max(8192),
  }),
  /** Another archivist may sign from here on. */
  archivist: z.strictObject({
    name: z.string().min(1).max(nameMax),
    fingerprint,
    publicKey: z.base64().max(8192),
  }),
  /** A folder that was handed in. */
  addition: z.strictObject({
    ceremony,
    /**
     * SHA-256 of the folder's list of files, which holds the SHA-256 of each: what the evidence is named by.
     */
    folder: hash,
    /** SHA-256 of the evidence as it is kept, packed. */
    kept: hash,
    files: z.int().min(1),
    /** Of all its files, as they came. */
    bytes: z.int().min(0),
    /** Of the ceremony as a whole with this addition, when it was added. */
    verdict: z.enum(['proven', 'incomplete', 'broken']),
  }),
  note: z.strictObject({ ceremony, text: words(1000) }),
  /** A legal hold: until its release nothing of the ceremony may go. */
  hold: z.strictObject({ ceremony, reason: words(1000) }),
  release: z.strictObject({ ceremony, reason: words(1000) }),
  /** The ceremony's evidence had to go by law. `folders`: of the additions whose evidence is gone. */
  tombstone: z.strictObject({ ceremony, reason: words(1000), folders: z.array(hash).min(1) }),
  /** Everyone whom compliance knows, from here on: all of them, in place of those before. */
  people: z.strictObject({
    people: z
      .array(z.strictObject({ fingerprint, name: z.string().max(nameMax).refine(isPlainLine) }))
      .max(10_000),
  }),
} as const;

export type EntryEvent = keyof typeof events;
export type EntryData<E extends EntryEvent> = z.infer<(typeof events)[E]>;

const head = z.strictObject({
  v: z.literal(1),
  /** Counts from 1. */
  n: z.int().min(1),
  /** Lower-case hex SHA-256 of the line before, without its newline; 64 zeros in the first. */
  prev: hash,
  /** ISO 8601 UTC by the archivist's clock. */
  at: z.iso.datetime(),
  /**
   * That this clock stood behind the time of the entry before: said, so that nobody back-dates in silence.
   */
  behind: z.literal(true).optional(),
  /** Fingerprint of the archivist who signed it. */
  who: fingerprint,
});

type Head = z.infer<typeof head>;
/** One entry of the log, by its event. */
export type EntryOf<E extends EntryEvent> = Head & { readonly event: E; readonly data: EntryData<E> };
export type Entry = { [E in EntryEvent]: EntryOf<E> }[EntryEvent];

/** An entry as it stands in the log. */
export interface WrittenEntry {
  readonly entry: Entry;
  /** The canonical JSON that the signature is over, in UTF-8. */
  readonly signed: Uint8Array;
  /** Binary detached OpenPGP signature. */
  readonly signature: Uint8Array;
  /** The line without its newline. */
  readonly line: string;
  /** Lower-case hex SHA-256 of `line`: the next entry's `prev`, or the archive's head. */
  readonly hash: string;
}

/** `prev` of the first entry. */
export const NO_ENTRY = '0'.repeat(64);

const later = z.object({ v: z.int().gt(1) });
const anyEntry = head.extend({ event: z.string(), data: z.unknown() });
const anyLine = z.strictObject({ entry: z.unknown(), signature: z.base64().max(4096) });

/** The entry as RFC 8785 canonical JSON: what is signed. Throws `ArchiveError` 'bad-entry'. */
export const canonicalEntry = (entry: Entry): Uint8Array => utf8.decode(canonicalText(parseEntry(entry)));

function canonicalText(entry: Entry): string {
  const text = canonicalize(entry);
  if (text === undefined) throw badEntry('it is no JSON');
  return text;
}

/** A signed entry as its line. `signature`: binary. Throws `ArchiveError` 'bad-entry'. */
export const writtenEntry = (entry: Entry, signature: Uint8Array): WrittenEntry =>
  written(parseEntry(entry), signature);

function written(entry: Entry, signature: Uint8Array): WrittenEntry {
  const text = canonicalText(entry);
  const line = `{"entry":${text},"signature":"${Buffer.from(signature).toString('base64')}"}`;
  return { entry, signed: utf8.decode(text), signature, line, hash: sha256Of(utf8.decode(line)) };
}

/**
 * Reads one line, which must be in the one canonical form. Throws `ArchiveError` 'bad-entry',
 * 'archive-too-new'.
 */
export function parseLine(line: string): WrittenEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw badEntry('it is no JSON');
  }
  const parsed = anyLine.safeParse(value);
  if (!parsed.success) throw badEntry('it has no entry and signature');
  const read = written(parseEntry(parsed.data.entry), Buffer.from(parsed.data.signature, 'base64'));
  if (read.line !== line) throw badEntry('it is not in canonical form');
  return read;
}

function parseEntry(value: unknown): Entry {
  if (later.safeParse(value).success)
    throw new ArchiveError(
      'archive-too-new',
      'A later version of Airlock has written to this archive, and this one can’t read what it wrote. Nothing was changed. Use that version, or a later one.',
    );
  const outer = anyEntry.safeParse(value);
  if (!outer.success) throw badEntry(problemOf(outer.error));
  const { event, data, ...rest } = outer.data;
  if (!isEvent(event)) throw badEntry('no such event');
  const inner = events[event].safeParse(data);
  if (!inner.success) throw badEntry(problemOf(inner.error));
  return { ...rest, event, data: inner.data } as Entry;
}

const isEvent = (name: string): name is EntryEvent => Object.hasOwn(events, name);

function problemOf(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.') ?? '';
  return `${path === '' ? 'a part' : path} is missing or not right`;
}

const badEntry = (problem: string): ArchiveError =>
  new ArchiveError('bad-entry', `This is no entry of an archive’s log: ${problem}.`);

/** The ceremony that an entry is about, or null. */
export const ceremonyOf = (entry: Entry): string | null =>
  'ceremony' in entry.data ? entry.data.ceremony : null;
