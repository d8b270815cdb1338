import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

const BLOCK = 4 * 1024 * 1024;

/** What is looked for, in every form that it may lie in. */
export interface Sought {
  readonly name: string;
  readonly forms: readonly { readonly form: string; readonly bytes: Buffer }[];
}

/** A secret of bytes: as it is, in hex of both cases and in base64, the texts also in UTF-16. */
export function soughtBytes(name: string, secret: Uint8Array): Sought {
  const raw = Buffer.from(secret);
  const texts = [
    ['hex', raw.toString('hex')],
    ['HEX', raw.toString('hex').toUpperCase()],
    ['base64', raw.toString('base64').replace(/=+$/, '').slice(0, -1)],
  ] as const;
  return {
    name,
    forms: [{ form: 'raw', bytes: raw }, ...texts.flatMap(([form, text]) => inBoth(form, text))],
  };
}

/** A secret that is text: as it is, in UTF-16, and its bytes in hex and in base64. */
export const soughtText = (name: string, secret: string): Sought => ({
  name,
  forms: [
    ...soughtBytes(name, Buffer.from(secret)).forms,
    { form: 'raw in UTF-16', bytes: Buffer.from(secret, 'utf16le') },
  ],
});

const inBoth = (form: string, text: string) => [
  { form, bytes: Buffer.from(text) },
  { form: `${form} in UTF-16`, bytes: Buffer.from(text, 'utf16le') },
];

/**
 * How often each secret lies in the memory of each process of an app: by "process: secret, form". What
 * doesn't occur is left out. Linux only: reads /proc/PID/mem, which needs the right to trace the processes.
 */
export function countInProcesses(root: number, sought: readonly Sought[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { pid, name } of processesOf(root))
    for (const [what, count] of Object.entries(countIn(pid, sought))) {
      const key = `${name}: ${what}`;
      found[key] = (found[key] ?? 0) + count;
    }
  return found;
}

/**
 * A process and all below it, by the names that Chromium gives them: main, zygote, gpu-process, renderer,
 * utility.
 */
export function processesOf(root: number): { readonly pid: number; readonly name: string }[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(readOrNothing(`/proc/${entry}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(entry), Number(parent));
  }
  const all = new Set([root]);
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const [pid, parent] of parents) if (all.has(parent)) all.add(pid);
  }
  return [...all].map((pid) => ({
    pid,
    name: /--type=([\w-]+)/.exec(readOrNothing(`/proc/${pid}/cmdline`))?.[1] ?? 'main',
  }));
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function countIn(pid: number, sought: readonly Sought[]): Record<string, number> {
  const wanted = sought.flatMap(({ name, forms }) =>
    forms.map(({ form, bytes }) => ({ what: `${name}, ${form}`, bytes })),
  );
  const longest = Math.max(...wanted.map(({ bytes }) => bytes.length));
  const found: Record<string, number> = {};
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    if (readOrNothing(`/proc/${pid}/maps`) === '') return {};
    throw error;
  }
  try {
    const block = Buffer.alloc(BLOCK + longest - 1);
    for (const [start, end] of regionsOf(pid)) {
      for (let at = start; at < end; at += BLOCK) {
        const seen = blockAt(fd, block, at, Math.min(BLOCK + longest - 1, end - at));
        for (const { what, bytes } of wanted) {
          for (let i = seen.indexOf(bytes); i >= 0 && i < BLOCK; i = seen.indexOf(bytes, i + 1))
            found[what] = (found[what] ?? 0) + 1;
        }
      }
    }
  } finally {
    closeSync(fd);
  }
  return found;
}

/** What can be read and isn't a file's own text: heaps, stacks, and memory shared between processes. */
function regionsOf(pid: number): [number, number][] {
  return readOrNothing(`/proc/${pid}/maps`)
    .split('\n')
    .flatMap((line): [number, number][] => {
      const [, start, end, rights = '', path = ''] =
        /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (start === undefined || end === undefined || !rights.startsWith('r')) return [];
      if (path === '[vvar]' || path === '[vsyscall]') return [];
      if (path.startsWith('/') && rights[1] !== 'w' && !path.includes('shm')) return [];
      return [[Number.parseInt(start, 16), Number.parseInt(end, 16)]];
    });
}

/** Pages that were given back meanwhile read as nothing. */
function blockAt(fd: number, block: Buffer, at: number, length: number): Buffer {
  try {
    return block.subarray(0, readSync(fd, block, 0, length, at));
  } catch {
    return block.subarray(0, 0);
  }
}
