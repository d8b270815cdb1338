import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { BackupError } from './backup-error';

/** A file of a home: its path within it, with slashes, and its bytes. */
export interface HomeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const ID = '[0-9a-f]{32}';
// What a home is made of. Whatever a backup says, only these are read and written: no path leads out of it.
const KEPT = new RegExp(
  [
    '(?:identity|people|custody|station|scripts|seals|preferences)\\.json',
    'journal\\.(?:jsonl|torn)',
    `(?:logs|outcomes)/${ID}/[0-9a-f]{64}(?:\\.contradicts)?\\.airlock`,
    `ceremonies/${ID}/(?:state\\.json|journal\\.(?:jsonl|torn)|brought-\\d{1,4}\\.pgp)`,
    `ceremonies/${ID}/checkpoint\\.txt(?:\\.[A-Za-z0-9][A-Za-z0-9-]{0,199}\\.asc)?`,
    `ceremonies/${ID}/answers/\\d{1,9}\\.raw`,
    `ceremonies/${ID}/messages/[0-9a-f]{64}\\.airlock`,
  ]
    .map((path) => `^${path}$`)
    .join('|'),
);
// Keys that live for one ceremony. That they are destroyed is promised, and no copy must outlive that.
const LIVE = new RegExp(`^station-[0-9a-f]{16}\\.pgp$|^ceremonies/${ID}/(?:secret|handoff)\\.pgp$`);

/** Whether a backup holds such a file of a home. */
export const isKept = (path: string): boolean => KEPT.test(path);

/** Whether it is a key that lives for one ceremony, and that no backup holds. */
export const isLiveSecret = (path: string): boolean => LIVE.test(path);

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The first line of what is under the passphrase; the files' bytes follow, one after the other. */
const listSchema = z.strictObject({
  kind: z.literal('airlock-home-backup'),
  v: z.literal(1),
  /** Of the program that made it. */
  version: z.string().min(1).max(40),
  madeAt: z.iso.datetime(),
  /** Of the home's identity, lower-case hex. */
  fingerprint: z.string().regex(/^[0-9a-f]{40}$/),
  files: z
    .array(
      z.strictObject({
        path: z.string().refine(isKept),
        bytes: z
          .int()
          .min(0)
          .max(1 << 28),
        sha256: hash,
      }),
    )
    .min(1)
    .refine((files) => new Set(files.map(({ path }) => path.toLowerCase())).size === files.length),
  /** Keys that lived when it was made, and stayed where they were. */
  leftOut: z.array(z.string().refine(isLiveSecret)),
  /** Files that were not as the home's own program had left them, when it was made. */
  findings: z.array(z.string().min(1).max(300)),
});
type BackupList = z.infer<typeof listSchema>;

/** A home as a backup holds it. */
export interface BackupContent extends Pick<BackupList, 'version' | 'madeAt' | 'fingerprint'> {
  readonly files: readonly HomeFile[];
  readonly leftOut: readonly string[];
  readonly findings: readonly string[];
}

const NEWLINE = 0x0a;
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What goes under the passphrase. */
export function contentBytes(content: BackupContent): Uint8Array {
  const { version, madeAt, fingerprint, leftOut, findings, files } = content;
  const list: BackupList = {
    kind: 'airlock-home-backup',
    v: 1,
    version,
    madeAt,
    fingerprint,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256Of(bytes) })),
    leftOut: [...leftOut],
    findings: [...findings],
  };
  const line = Buffer.from(`${canonicalize(list) ?? ''}\n`);
  return new Uint8Array(Buffer.concat([line, ...files.map(({ bytes }) => bytes)]));
}

/** The other way round. Throws `BackupError` 'not-a-backup', 'backup-too-new', 'backup-damaged'. */
export function parseContent(whole: Uint8Array): BackupContent {
  const end = whole.indexOf(NEWLINE);
  const { kind: _, v: __, files: listed, ...rest } = parseList(whole.subarray(0, Math.max(end, 0)));
  let at = end + 1;
  const files = listed.map(({ path, bytes: length, sha256 }) => {
    const bytes = whole.subarray(at, at + length);
    at += length;
    if (sha256Of(bytes) !== sha256) throw damaged(`the bytes of ${path} are others`);
    return { path, bytes };
  });
  if (at !== whole.length) throw damaged('it is longer than its list of files');
  return { ...rest, files };
}

function parseList(line: Uint8Array): BackupList {
  const said = jsonIn(line);
  const head = z.object({ kind: z.literal('airlock-home-backup'), v: z.int() }).safeParse(said);
  if (!head.success)
    throw new BackupError(
      'not-a-backup',
      'This opens, but it is no backup of an Airlock home. Look whether it is the right file.',
    );
  if (head.data.v > 1)
    throw new BackupError(
      'backup-too-new',
      'A newer version of Airlock made this backup, and this one can’t read it. Install that version, or a later one, then try again. Nothing was written.',
    );
  const list = listSchema.safeParse(said);
  if (list.success) return list.data;
  throw damaged('its list names what no home holds, or is none');
}

function jsonIn(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return null;
  }
}

/** What to say of a backup that opens and contradicts itself. `how`: as it goes into the sentence. */
export const damaged = (how: string): BackupError =>
  new BackupError(
    'backup-damaged',
    `This backup doesn’t agree with itself: ${how}. No Airlock made it so. Nothing was written: take another copy of it, and tell the others.`,
  );
