import { describe, expect, vi } from 'vitest';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { test } from './ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('a transcript of a ceremony that went well', () => {
  test('verifies, and names who signed what', async ({ ceremony }) => {
    const { folder } = ceremony;
    const report = await verifyTranscript(folder);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('proven');
    expect(report.rehearsal).toBe(false);
    expect(report.stations.map(({ lines, signers }) => [lines, signers])).toEqual([
      [8, ['olga', 'carol', 'wanda']],
      [16, ['peter', 'wanda']],
      [4, ['carol', 'wanda']],
      [4, ['dave', 'wanda']],
    ]);
  });
});
