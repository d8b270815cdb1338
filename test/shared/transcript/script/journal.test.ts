import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import { readTranscriptFolder } from '../../../../main/store/transcript-folder';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { test } from './shell-runs';

vi.setConfig({ testTimeout: 300_000 });

describe('verify.sh, of one journal,', () => {
  test('fails after any one byte of any journal is changed, and names the line as the program does', async ({
    ceremony,
    runs,
  }) => {
    const journals = ceremony.folder.stations.map(({ journal }) => journal);
    const change = fc
      .integer({ min: 0, max: 3 })
      .chain((s) =>
        fc.record({
          s: fc.constant(s),
          at: fc.integer({ min: 0, max: (journals[s]?.length ?? 1) - 1 }),
          to: fc.oneof(
            fc.constantFrom(0x00, 0x0a, 0x0d, 0x20, 0x22, 0x5c, 0xff),
            fc.integer({ min: 0, max: 255 }),
          ),
        }),
      )
      .filter(({ s, at, to }) => journals[s]?.[at] !== to);
    // One shell run for all of them.
    const changes = fc.array(change, { minLength: 16, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(changes, async (each) => {
        const folders = each.map(({ s, at, to }) => {
          const journal = Uint8Array.from(journals[s] ?? []);
          journal[at] = to;
          return [`byte ${at} of ${s} is ${to}`, ceremony.withStation(s, { journal })] as const;
        });
        for (const [name, { code }] of await runs.agreed(folders)) expect([name, code]).toEqual([name, 1]);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });

  test('fails after any newline of a journal is changed', async ({ ceremony, runs }) => {
    const first = ceremony.folder.stations[0]?.journal ?? new Uint8Array();
    const newlines = [...first].flatMap((byte, i) => (byte === 0x0a ? [i] : []));
    const folders = [newlines[0] ?? 0, newlines.at(-1) ?? 0].flatMap((at) =>
      [0x20, 0x0d, 0x00].map((to) => {
        const journal = Uint8Array.from(first);
        journal[at] = to;
        return [`${at} is ${to}`, ceremony.withStation(0, { journal })] as const;
      }),
    );
    for (const [name, { code, lines }] of await runs.agreed(folders)) {
      const isNamed = lines.some((line) => line.startsWith('FAIL broken changed-line Office'));
      expect([name, code, isNamed]).toEqual([name, 1, true]);
    }
  });

  test('misses a journal whose checkpoint is still there', async ({ ceremony: { folder }, runs }) => {
    const dir = runs.write(folder);
    rmSync(join(dir, folder.stations[2]?.name ?? '', 'journal.jsonl'));
    const [outcome] = await runs.run([dir]);
    expect([
      outcome?.code,
      outcome?.lines.some((line) =>
        /^FAIL incomplete no-journal .*There is no journal, or it is empty/.test(line),
      ),
    ]).toEqual([3, true]);
    const report = await verifyTranscript(readTranscriptFolder(dir));
    expect(report.findings.map(({ station, message }) => [station, message])).toContainEqual([
      folder.stations[2]?.name,
      'There is no journal, or it is empty.',
    ]);
  });
});
