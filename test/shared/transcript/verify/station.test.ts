import { utf8 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { archiveOf } from '../archive';
import { test } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('a journal that was changed', () => {
  test('fails, whichever byte was changed, and the line that is named holds that byte', async ({
    ceremony,
  }) => {
    const { folder } = ceremony;
    const bytes = folder.stations.map(({ journal }) => journal.length);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }).chain((s) =>
          fc.record({
            s: fc.constant(s),
            at: fc.integer({ min: 0, max: (bytes[s] ?? 1) - 1 }),
            xor: fc.integer({ min: 1, max: 255 }),
          }),
        ),
        async ({ s, at, xor }) => {
          const journal = Uint8Array.from(folder.stations[s]?.journal ?? []);
          const line = journal.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
          journal[at] = (journal[at] ?? 0) ^ xor;
          const stations = folder.stations.map((station, i) => (i === s ? { ...station, journal } : station));
          const report = await verifyTranscript({ ...folder, stations });
          expect(report.verdict).toBe('broken');
          expect(report.findings[0]?.station).toBe(folder.stations[s]?.name);
          expect(report.findings[0]?.line).toBe(line);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('fails where a whole line was taken away or added, even at its end', async ({ ceremony }) => {
    const { folder } = ceremony;
    const online = folder.stations[1];
    if (!online) throw new Error('no station');
    const lines = utf8.encode(online.journal).split(/(?<=\n)/);
    for (const [journal, line] of [
      [lines.slice(1), 1],
      [lines.toSpliced(4, 1), 5],
      [lines.slice(0, -1), 16],
      [[...lines, lines.at(-1) ?? ''], 17],
    ] as const) {
      const stations = [{ ...online, journal: utf8.decode(journal.join('')) }];
      const { findings } = await verifyTranscript({ ...folder, stations });
      expect(findings[0]?.line).toBe(line);
    }
  });

  test('fails where its checkpoint was written anew to fit, since the signature does not', async ({
    ceremony,
  }) => {
    const { plans, folder } = ceremony;
    const forged = await archiveOf([
      { ...plans[0], events: plans[0].events.slice(0, -1) },
      ...plans.slice(1),
    ]);
    const stations = forged.stations.map((station, i) => ({
      ...station,
      signatures: folder.stations[i]?.signatures ?? [],
    }));
    const { findings } = await verifyTranscript({ ...folder, stations });
    expect(findings.map(({ code }) => code)).toEqual([
      'bad-signature',
      'bad-signature',
      'bad-signature',
      'own-signature-missing',
      'witness-missing',
    ]);
  });

  test('fails where it is empty or nothing is there at all', async ({ ceremony }) => {
    const { folder } = ceremony;
    const [station] = folder.stations;
    if (!station) throw new Error('no station');
    const empty = await verifyTranscript({
      ...folder,
      stations: [{ ...station, journal: new Uint8Array() }],
    });
    expect(empty.findings.map(({ code }) => code)).toContain('no-journal');
    const none = await verifyTranscript({ stations: [], keys: [] });
    expect(none.findings.map(({ code }) => code)).toEqual(['no-station']);
  });
});

describe('a checkpoint', () => {
  const withStation = async (folder: TranscriptFolder, change: object): Promise<string[]> => {
    const stations = folder.stations.map((station, i) => (i === 0 ? { ...station, ...change } : station));
    const { findings } = await verifyTranscript({ ...folder, stations });
    return findings.map(({ code }) => code);
  };

  test('must be there', async ({ ceremony }) => {
    const { folder } = ceremony;
    expect(await withStation(folder, { checkpoint: null })).toEqual(['no-checkpoint']);
  });

  test('must be signed', async ({ ceremony }) => {
    const { folder } = ceremony;
    expect(await withStation(folder, { signatures: [] })).toEqual(['no-signature']);
  });

  test('must be signed by the person whose station it is', async ({ ceremony }) => {
    const { folder } = ceremony;
    const signatures = folder.stations[0]?.signatures.filter(({ name }) => name !== 'olga');
    expect(await withStation(folder, { signatures })).toEqual(['own-signature-missing']);
  });

  test('must not be signed by a key that is not in the folder', async ({ ceremony }) => {
    const { folder } = ceremony;
    const { findings } = await verifyTranscript({
      ...folder,
      keys: folder.keys.filter(({ name }) => name !== 'carol'),
    });
    expect(findings.map(({ code }) => code)).toEqual([
      'missing-key',
      'no-key',
      'no-key',
      'own-signature-missing',
    ]);
  });

  test('must be in its one form', async ({ ceremony }) => {
    const { folder } = ceremony;
    const checkpoint = `${folder.stations[0]?.checkpoint}\n`;
    expect(await withStation(folder, { checkpoint })).toEqual([
      'bad-checkpoint',
      'bad-signature',
      'bad-signature',
      'bad-signature',
      'own-signature-missing',
      'witness-missing',
    ]);
  });

  test('must say of the journal what the journal says', async ({ ceremony }) => {
    const { folder } = ceremony;
    const checkpoint = folder.stations[0]?.checkpoint?.replace('rehearsal: no', 'rehearsal: yes');
    expect((await withStation(folder, { checkpoint }))[0]).toBe('checkpoint-differs');
  });
});
