import { createSecretKey, type KeyObject } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Scrubber } from './renewal';

/** The smallest and the largest of the freed blocks that are written over, in bytes. */
const smallest = 16;
const largest = 16_384;
/** Blocks of each size, and the bytes that they may take together. */
const blocksOfEachSize = 2_000;
const bytesOfEachSize = 4 * 1024 * 1024;
/** The largest buffer that a message has been in, in bytes, as a multiple of its arguments and a rest. */
const largestBuffer = { times: 4, rest: 4096 };
/** Blocks of each size that a thread keeps for itself when it has freed them, and some more. */
const blocksJustFreed = 64;
const nativeBlocksOfEachSize = 200;
/** Bytes that BoringSSL puts before those that it is asked for. */
const keyHeader = 8;
/** What native blocks are filled with. */
const zeros = new Uint8Array(2 * largest);
/** Arrays of 32 bytes that fill the engine's young generation, both halves of it. */
const youngArrays = 700_000;

/** How long after a secret has served what was freed is overwritten: its answer has gone out by then. */
const SOON_MS = 1000;

let collect: (() => void) | null = null;
let planned: NodeJS.Timeout | null = null;

/** Overwrites what this process has freed, a second after the last call of this. */
function overwriteFreedMemorySoon(): void {
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
  for (const size of sizesBetween(smallest, largest))
    for (let i = Math.min(blocksOfEachSize, bytesOfEachSize / size); i > 0; i--)
      blocks.push(new ArrayBuffer(size));
  blocks = [];
  overwriteNativeBlocks(sizesBetween(smallest, largest), nativeBlocksOfEachSize);
  for (let i = 0; i < youngArrays; i++) blocks[0] = new Uint8Array(32).buffer;
  blocks = [];
  collect();
}

/**
 * Overwrites the memory of a message that has just come or gone, whose arguments are of so many bytes. To be
 * called in the turn of the event loop after that, and before a window is opened: an object of that window
 * may take its place without filling it, and keeps the rest of it for as long as it lives.
 */
function overwriteJustFreed(length: number): void {
  const buffer = Math.min(largestBuffer.times * length + largestBuffer.rest, zeros.length);
  overwriteNativeBlocks(sizesBetween(Math.max(length, smallest), buffer), blocksJustFreed);
}

/**
 * Overwrites freed blocks of these sizes in the memory of native code, where array buffers never lie. The
 * bytes of a secret key are copied to there: here, zeros.
 */
function overwriteNativeBlocks(sizes: readonly number[], ofEachSize: number): void {
  const keys: KeyObject[] = [];
  for (const size of sizes)
    for (let i = 0; i < ofEachSize; i++) keys.push(createSecretKey(zeros.subarray(0, size - keyHeader)));
}

/** Sizes of the blocks of Chromium's PartitionAlloc: eight from each power of two to the next. */
function sizesBetween(from: number, to: number): number[] {
  const sizes: number[] = [];
  for (let power = 2 ** Math.floor(Math.log2(from)); power <= to; power *= 2)
    for (let size = power; size < 2 * power; size += Math.max(power / 8, smallest))
      if (size >= from - power / 8 && size <= to + power / 8) sizes.push(size);
  return sizes;
}

/** The engine's own, which clears what it frees. */
function garbageCollector(): () => void {
  setFlagsFromString('--clear-free-memory');
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** What this process has freed, to be overwritten after a secret was in it. */
export const freedMemory: Scrubber = { justFreed: overwriteJustFreed, soon: overwriteFreedMemorySoon };
