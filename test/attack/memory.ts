import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const BLOCK = 4 * 1024 * 1024;

/** The forms in which a secret may lie in memory. */
export function formsOf(secret: Uint8Array): { readonly form: string; readonly bytes: Buffer }[] {
  const raw = Buffer.from(secret);
  const forms = [
    { form: 'raw', bytes: raw },
    { form: 'hex', bytes: Buffer.from(raw.toString('hex')) },
    { form: 'HEX', bytes: Buffer.from(raw.toString('hex').toUpperCase()) },
    { form: 'UTF-16', bytes: Buffer.from(raw.toString('utf8'), 'utf16le') },
    { form: 'hex in UTF-16', bytes: Buffer.from(raw.toString('hex'), 'utf16le') },
  ];
  // Within a longer text, base64 depends on how many bytes come before: what is the same whatever stands
  // around.
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), raw]).toString('base64');
    const inner = padded.slice(before === 0 ? 0 : before + 1, -4);
    forms.push({ form: `base64 after ${before}`, bytes: Buffer.from(inner) });
  }
  return forms;
}

/**
 * How often a secret lies in the memory of another process of this user, by form; forms that don't occur are
 * left out. Linux only: reads /proc/PID/mem, which needs the right to trace the process.
 */
export function countInMemory(pid: number, secret: Uint8Array): Record<string, number> {
  const forms = formsOf(secret);
  const longest = Math.max(...forms.map(({ bytes }) => bytes.length));
  const found: Record<string, number> = {};
  const fd = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const [start, end] of writableRegions(pid)) {
      for (let at = start; at < end; at += BLOCK) {
        const block = blockAt(fd, at, Math.min(BLOCK + longest - 1, end - at));
        for (const { form, bytes } of forms) {
          const count = countIn(block, bytes, BLOCK);
          if (count > 0) found[form] = (found[form] ?? 0) + count;
        }
      }
    }
  } finally {
    closeSync(fd);
  }
  return found;
}

function writableRegions(pid: number): [number, number][] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line): [number, number][] => {
      const [, start, end, rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (start === undefined || end === undefined || !rights.startsWith('rw')) return [];
      return [[Number.parseInt(start, 16), Number.parseInt(end, 16)]];
    });
}

/** Pages that were given back meanwhile read as nothing. */
function blockAt(fd: number, at: number, length: number): Buffer {
  const block = Buffer.alloc(length);
  try {
    return block.subarray(0, readSync(fd, block, 0, length, at));
  } catch {
    return block.subarray(0, 0);
  }
}

/** Occurrences that begin within the first `limit` bytes. */
function countIn(block: Buffer, wanted: Buffer, limit: number): number {
  let count = 0;
  for (let at = block.indexOf(wanted); at >= 0 && at < limit; at = block.indexOf(wanted, at + 1)) count++;
  return count;
}
