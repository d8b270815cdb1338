import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import { readTranscriptFolder } from '../../../../main/store/transcript-folder';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { archiveOf, personNamed } from '../archive';
import { type Choices, choices, honestPlans } from '../honest';
import { test } from './shell-runs';

vi.setConfig({ testTimeout: 900_000 });

/** How many ceremonies the program judges; `AIRLOCK_RUNS` raises it. The script judges a tenth of as many. */
const RUNS = Number(process.env['AIRLOCK_RUNS'] ?? 40);

/** The archive, with the keys of everyone in its plan: also of custodians who were never asked. */
async function honestArchive(choice: Choices): Promise<TranscriptFolder> {
  const folder = await archiveOf(await honestPlans(choice));
  const all = await archiveOf(
    await Promise.all(
      Array.from({ length: choice.custodians }, async (_, i) => ({
        station: 'x',
        who: await personNamed(`custodian-${i + 1}`),
        events: [{ event: 'exception', data: { text: 'x' } } as const],
      })),
    ),
  );
  const others = all.keys.filter(({ name }) => folder.keys.every((key) => key.name !== name));
  return { ...folder, keys: [...folder.keys, ...others] };
}

/**
 * One thing that someone does to an archive: which file of it, and what. Numbers are taken by their
 * remainder.
 */
const change = fc.record({
  file: fc.nat(),
  at: fc.nat(),
  kind: fc.constantFrom('byte', 'byte', 'byte', 'bit', 'gone', 'empty', 'cut', 'longer', 'newline'),
  byte: fc.integer({ min: 1, max: 255 }),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Makes the change; returns what it was, for people. */
function apply(dir: string, { file, at, kind, byte }: Change, files: readonly string[]): string {
  const path = files[file % files.length] ?? '';
  const bytes = Uint8Array.from(readFileSync(path));
  const place = at % bytes.length;
  const where = `${path.slice(dir.length + 1)}: ${kind} at ${place}`;
  switch (kind) {
    case 'gone':
      rmSync(path);
      return where;
    case 'empty':
      writeFileSync(path, '');
      return where;
    case 'cut':
      writeFileSync(path, bytes.subarray(0, place));
      return where;
    case 'longer':
      writeFileSync(path, Uint8Array.of(...bytes, byte));
      return where;
    case 'newline':
      bytes[place] = bytes[place] === 0x0a ? 0x20 : 0x0a;
      break;
    case 'bit':
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (byte % 8));
      break;
    case 'byte':
      bytes[place] = (bytes[place] ?? 0) ^ byte;
      break;
  }
  writeFileSync(path, bytes);
  return where;
}

describe('an honest ceremony', () => {
  test('is proven, and after any one change of a byte or file it is not', async ({ runs }) => {
    await fc.assert(
      fc.asyncProperty(
        choices,
        fc.array(change, { minLength: 12, maxLength: 12 }),
        async (choice, changes) => {
          const folder = await honestArchive(choice);
          const dir = runs.write(folder);
          expect((await verifyTranscript(readTranscriptFolder(dir))).findings).toEqual([]);
          for (const each of changes) {
            const files = filesOf(dir);
            const path = files[each.file % files.length] ?? '';
            const before = readFileSync(path);
            const name = apply(dir, each, files);
            const { verdict } = await verifyTranscript(readTranscriptFolder(dir));
            // Without digests of keys in the plan, as of version 0.1.0, a key is told by its fingerprint
            // alone.
            const tolerated = !choice.digests && name.startsWith('keys/');
            if (!tolerated) expect([name, verdict]).not.toEqual([name, 'proven']);
            writeFileSync(path, before);
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  test('is judged the same by verify.sh, whatever is changed of it but the script itself', async ({
    runs,
  }) => {
    const folders: [string, string][] = [];
    const made = fc.sample(fc.tuple(choices, fc.array(change, { minLength: 4, maxLength: 4 })), RUNS / 10);
    for (const [i, [choice, changes]] of made.entries()) {
      const folder = await honestArchive({ ...choice, digests: true });
      folders.push([`honest ${i}`, runs.write(folder)]);
      for (const each of changes) {
        const dir = runs.write(folder);
        const files = filesOf(dir).filter((path) => !path.endsWith('verify.sh'));
        folders.push([apply(dir, each, files), dir]);
      }
    }
    for (const [name, { code }] of await runs.agreedOn(folders)) {
      expect([name, code === 0]).toEqual([name, name.startsWith('honest ')]);
    }
  });
});
