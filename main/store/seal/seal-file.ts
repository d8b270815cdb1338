import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import canonicalize from 'canonicalize';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { equalBytes, fromHex, toHex } from '../../../shared/bytes';
import { syncFolder } from '../folder';
import { reasonOf } from '../store-error';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.strictObject({ lines: z.int().min(0), head: hash });

const seals = z.strictObject({
  v: z.literal(1),
  /** One more with each writing: going back is noticed by a program that has seen a later one. */
  counter: z.int().min(1),
  /** SHA-256 of each file, by its path within the home. */
  files: z.record(z.string(), hash),
  /** How many lines each journal has, and its head. */
  journals: z.record(z.string(), head),
  /**
   * What is being written at this moment: a file's SHA-256 (null: it is deleted), or a journal's head. Both
   * that and what stands above are right.
   */
  next: z
    .union([
      z.strictObject({ file: z.string(), sha256: hash.nullable() }),
      z.strictObject({ journal: z.string(), ...head.shape }),
    ])
    .nullable(),
});

const sealed = seals.extend({ mac: hash });

/** What a home's files are, as its own program left them. */
export type Seals = z.infer<typeof seals>;
export type JournalHead = z.infer<typeof head>;

export const SEALS = 'seals.json';

const DOMAIN = new TextEncoder().encode('airlock-home-seals v1\n');
const macOf = (content: Seals, key: Uint8Array): Uint8Array => {
  const mac = hmac.create(sha256, key);
  return mac
    .update(DOMAIN)
    .update(new TextEncoder().encode(canonicalize(content)))
    .digest();
};

/** What a home's `seals.json` says, read anew each time. */
export class SealReader {
  private text: string | null = null;
  private said: Seals | 'broken' = 'broken';

  constructor(
    private readonly dir: string,
    private readonly key: Uint8Array,
  ) {}

  /**
   * What the file says; 'missing' or 'broken' where it is not what somebody with the key wrote. A text that
   * is the very one of the last time isn't checked again: it would say the same.
   */
  read(): Seals | 'missing' | 'broken' {
    let text: string;
    try {
      text = readFileSync(join(this.dir, SEALS), 'utf8');
    } catch (error) {
      if (reasonOf(error) === 'ENOENT') return 'missing';
      throw error;
    }
    if (text !== this.text) {
      this.said = sealsIn(text, this.key);
      this.text = text;
    }
    return this.said;
  }
}

/** What the text of a `seals.json` says, or 'broken' where it is not what somebody with the key wrote. */
export function sealsIn(text: string, key: Uint8Array): Seals | 'broken' {
  try {
    const { mac, ...content } = sealed.parse(JSON.parse(text));
    return equalBytes(macOf(content, key), fromHex(mac)) ? content : 'broken';
  } catch {
    return 'broken';
  }
}

/**
 * On the disk when this returns; `named`: whether the folder says so by then, too. Throws what the system
 * throws.
 */
export function writeSeals(dir: string, key: Uint8Array, content: Seals, named: 'now' | 'later'): void {
  const text = `${JSON.stringify({ ...content, mac: toHex(macOf(content, key)) })}\n`;
  writeFileAtomic.sync(join(dir, SEALS), text, { mode: 0o600, fsync: true });
  if (named === 'now') syncFolder(dir);
}
