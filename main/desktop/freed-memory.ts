import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Sizes of freed blocks that are written over, in bytes: those of keys, tokens, and what is made of them. */
const sizes = [
  16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024, 1280, 1536, 2048,
  3072, 4096, 8192, 16_384,
];
const blocksOfEachSize = 2_000;
/** Arrays of 32 bytes that fill the engine's young generation, both halves of it. */
const youngArrays = 700_000;

/** How long after a secret has served what was freed is overwritten: its answer has gone out by then. */
const SOON_MS = 1000;

let collect: (() => void) | null = null;
let planned: NodeJS.Timeout | null = null;

/** Overwrites what this process has freed, a second after the last call of this. */
export function overwriteFreedMemorySoon(): void {
  if (planned !== null) clearTimeout(planned);
  planned = setTimeout(overwriteFreedMemory, SOON_MS);
}

/**
 * Overwrites what this process has freed; takes some tenths of a second. Libraries copy the secrets that they
 * work on to where nobody can wipe them. Once such a copy is freed, its bytes lie there until something else
 * takes the place: here, zeros do. It is no guarantee, since no program can ask for a certain place; how much
 * it finds is measured (test/desktop/memory.spec.ts).
 */
function overwriteFreedMemory(): void {
  planned = null;
  collect ??= garbageCollector();
  collect();
  // All of a size are held at once: each takes another place.
  let blocks: ArrayBuffer[] = [];
  for (const size of sizes) for (let i = 0; i < blocksOfEachSize; i++) blocks.push(new ArrayBuffer(size));
  blocks = [];
  for (let i = 0; i < youngArrays; i++) blocks[0] = new Uint8Array(32).buffer;
  blocks = [];
  collect();
}

/** The engine's own, which clears what it frees. */
function garbageCollector(): () => void {
  setFlagsFromString('--clear-free-memory');
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
