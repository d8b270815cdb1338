import { describe, expect, vi } from 'vitest';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { test } from './ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('a transcript of a ceremony that went well', () => {
  test('verifies, and names who signed what', async ({ ceremony }) => {
    const { folder } = ceremony;
    const report = await verifyTranscript(folder);
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.rehearsal).toBe(false);
    expect(report.stations.map(({ lines, signers }) => [lines, signers])).toEqual([
      [7, ['olga', 'carol']],
      [16, ['peter']],
      [4, ['carol']],
      [4, ['dave']],
    ]);
  });
});
