import { describe, expect, vi } from 'vitest';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { test } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('stations', () => {
  test('all belong to one ceremony', async ({ ceremony }) => {
    expect(await ceremony.codesWith(3, (events) => events, { ceremony: 'ff'.repeat(16) })).toEqual([
      'other-ceremony',
    ]);
  });

  test('are all in a rehearsal or all in earnest', async ({ ceremony }) => {
    expect(await ceremony.codesWith(3, (events) => events, { rehearsal: true })).toEqual(['rehearsal-mixed']);
  });

  test('each say whose they are: without that, anybody could sign for them', async ({ ceremony }) => {
    const { plans } = ceremony;
    const nobody = { ...plans[3].who, fingerprint: '' };
    expect(await ceremony.codesWith(3, (events) => events, { who: nobody, signers: [plans[1].who] })).toEqual(
      ['missing-station', 'no-person', 'own-signature-missing', 'witness-missing', 'wrong-sender'],
    );
  });

  test('stay those of one person from the first line to the last', async ({ ceremony }) => {
    const { plans } = ceremony;
    const nobody = { ...plans[3].who, fingerprint: '' };
    expect(await ceremony.codesWith(3, (events) => events, { begunBy: nobody })).toEqual([
      'no-person',
      'origin-changes',
    ]);
    expect(await ceremony.codesWith(3, (events) => events, { begunBy: plans[2].who })).toEqual([
      'origin-changes',
    ]);
  });

  test('are each a journal of their own', async ({ ceremony }) => {
    const { folder } = ceremony;
    const [first] = folder.stations;
    if (!first) throw new Error('no station');
    const { findings } = await verifyTranscript({
      ...folder,
      stations: [...folder.stations, { ...first, name: 'copy' }],
    });
    expect(findings.map(({ code }) => code)).toContain('same-journal');
  });
});
