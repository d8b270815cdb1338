import { describe, expect, vi } from 'vitest';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { test } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('a transcript', () => {
  test('shows the exceptions in it without failing for them', async ({ ceremony }) => {
    const { plans, folder } = ceremony;
    const { notes } = await verifyTranscript(folder);
    expect(notes).toEqual([
      { station: plans[0].station, line: 8, message: 'exception: The door stood open for a minute.' },
    ]);
  });
});
