import { hash as digest } from 'node:crypto';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { isOwnScript } from '../../../shared/transcript/script/releases';
import { ArchiveError } from '../archive-error';

/** One file of a folder that was handed in. */
export interface EvidenceFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Lower-case hex SHA-256 of the bytes, where it was computed already. */
  readonly sha256?: string;
}

/** A folder as the archive keeps it. */
export interface Bundle {
  /** Lower-case hex SHA-256 of the list of its files, which holds the SHA-256 of each. */
  readonly folder: string;
  /** What is kept: gzip of one line, the list, and of the files' bytes one after the other. */
  readonly packed: Uint8Array;
  /** Lower-case hex SHA-256 of `packed`. */
  readonly kept: string;
  /** Files that every folder has, and that are kept once: the scripts of Airlock's versions, by SHA-256. */
  readonly scripts: ReadonlyMap<string, Uint8Array>;
  readonly files: number;
  /** Of all files, as they came. */
  readonly bytes: number;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const listSchema = z.strictObject({
  v: z.literal(1),
  files: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        bytes: z.int().min(0),
        sha256: hash,
        /** Kept beside the bundles, under its SHA-256. */
        script: z.literal(true).optional(),
      }),
    )
    .min(1),
});

const NEWLINE = 0x0a;
const SCRIPT = 'verify.sh';
/** Of gzip: the highest would take twice as long, for one byte less in a hundred. */
const LEVEL = 4;

/** Lower-case hex SHA-256. */
export const sha256Of = (bytes: Uint8Array): string => digest('sha256', bytes);

/** Packs a folder's files. The same files give the same bundle, whatever order they come in. */
export function bundleOf(files: readonly EvidenceFile[]): Bundle {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const scripts = new Map<string, Uint8Array>();
  const listed = sorted.map(({ path, bytes }) => {
    const sha256 = sha256Of(bytes);
    if (path !== SCRIPT || !isOwnScript(sha256)) return { path, bytes: bytes.length, sha256 };
    scripts.set(sha256, bytes);
    return { path, bytes: bytes.length, sha256, script: true };
  });
  const list = Buffer.from(canonicalize({ v: 1, files: listed }) ?? '');
  const inside = sorted.filter((_, i) => listed[i]?.script === undefined);
  const packed = gzipSync(
    Buffer.concat([list, Buffer.from([NEWLINE]), ...inside.map(({ bytes }) => bytes)]),
    { level: LEVEL },
  );
  return {
    folder: sha256Of(list),
    packed,
    kept: sha256Of(packed),
    scripts,
    files: sorted.length,
    bytes: sorted.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

/** More than any bundle that was let in unpacks to. */
export const maxUnpacked = 1 << 30;

/** Gives a script by its SHA-256; null where it isn't kept. */
export type ScriptOf = (sha256: string) => Promise<Uint8Array | null>;

/**
 * The files of a bundle, every byte as it came. `kept` is its SHA-256 as the log has it, `folder` that of the
 * list of files. Throws `ArchiveError` 'evidence-damaged', 'evidence-missing' (a script).
 */
export async function openBundle(
  packed: Uint8Array,
  { folder, kept }: Pick<Bundle, 'folder' | 'kept'>,
  scriptOf: ScriptOf,
): Promise<EvidenceFile[]> {
  if (sha256Of(packed) !== kept) throw damaged(folder, 'it is not the file that was put here');
  const whole = unpacked(packed, folder);
  const end = whole.indexOf(NEWLINE);
  const list = whole.subarray(0, Math.max(end, 0));
  if (sha256Of(list) !== folder) throw damaged(folder, 'its list of files is another');
  let at = end + 1;
  const files: EvidenceFile[] = [];
  for (const { path, bytes: length, sha256, script } of parsedList(list, folder)) {
    if (script) {
      const bytes = await scriptOf(sha256);
      if (bytes === null) throw missing(`scripts/${sha256}`);
      if (!isScript(bytes, sha256)) throw damaged(`scripts/${sha256}`, 'its bytes are others');
      files.push({ path, bytes, sha256 });
      continue;
    }
    const bytes = whole.subarray(at, at + length);
    at += length;
    if (bytes.length !== length) throw damaged(folder, 'it ends too early');
    if (sha256Of(bytes) !== sha256) throw damaged(folder, `the bytes of ${path} are others`);
    files.push({ path, bytes, sha256 });
  }
  return files;
}

/** Whether it is that script: the same bytes are given for folder after folder. */
function isScript(bytes: Uint8Array, sha256: string): boolean {
  const known = scriptDigests.get(bytes) ?? sha256Of(bytes);
  scriptDigests.set(bytes, known);
  return known === sha256;
}

const scriptDigests = new WeakMap<Uint8Array, string>();

/** The scripts that a bundle needs besides, by SHA-256. Throws `ArchiveError` 'evidence-damaged'. */
export function scriptsNeededBy(packed: Uint8Array, folder: string): string[] {
  return parsedList(listIn(packed, folder), folder)
    .filter(({ script }) => script === true)
    .map(({ sha256 }) => sha256);
}

/** The list of files at a bundle's beginning, for which not all of it is unpacked. */
function listIn(packed: Uint8Array, folder: string): Uint8Array {
  for (let length = 1 << 14; length < packed.length; length *= 4) {
    const start = beginning(packed.subarray(0, length));
    const end = start.indexOf(NEWLINE);
    if (end >= 0) return start.subarray(0, end);
  }
  const whole = unpacked(packed, folder);
  return whole.subarray(0, Math.max(whole.indexOf(NEWLINE), 0));
}

/** What the beginning of a bundle unpacks to; nothing where that can't be said. */
function beginning(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: maxUnpacked, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}

function unpacked(packed: Uint8Array, folder: string): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: maxUnpacked, chunkSize: roomFor(packed) });
  } catch {
    throw damaged(folder, 'it can’t be unpacked');
  }
}

/** As much as it says that it unpacks to (RFC 1952, 2.3.1), so that it takes one piece; within reason. */
function roomFor(packed: Uint8Array): number {
  const said = packed.length < 4 ? 0 : Buffer.from(packed.subarray(-4)).readUInt32LE();
  return Math.min(Math.max(said + 64, 1 << 14), 1 << 20);
}

function parsedList(list: Uint8Array, folder: string): z.infer<typeof listSchema>['files'] {
  try {
    return listSchema.parse(JSON.parse(Buffer.from(list).toString('utf8'))).files;
  } catch {
    throw damaged(folder, 'it has no list of files');
  }
}

const damaged = (what: string, how: string): ArchiveError =>
  new ArchiveError(
    'evidence-damaged',
    `The evidence ${what} was changed since it was added: ${how}. Put back a copy of it from a backup.`,
  );

/** What to say where evidence that the log names is not there. */
export const missing = (what: string): ArchiveError =>
  new ArchiveError(
    'evidence-missing',
    `The evidence ${what} is missing, and no tombstone says why. Put it back from a backup.`,
  );
