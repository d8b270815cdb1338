import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { replaced, test, without } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('an attempt', () => {
  test('has the same nonce at every station', async ({ ceremony }) => {
    const change = replaced('token-decoded', () => ({
      event: 'token-decoded',
      data: { nonce: 'another', format: 'hvs', length: 28, prefix: 'hvs.' },
    }));
    expect(await ceremony.codesWith(0, change)).toEqual(['other-nonce']);
  });

  test('takes one outcome for each share that was sent, also after a share that came to nothing', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    const intent = plans[1].events.find(({ event }) => event === 'share-submit-intent');
    if (!intent) throw new Error('no intent');
    const rejected: JournalEvent = { event: 'share-rejected', data: { reason: 'wrong' } };
    for (const before of [[], [intent], [intent, rejected]]) {
      const events = (twice: boolean) =>
        plans[1].events.flatMap((event) => {
          if (event === intent) return [...before, event];
          const isFirst = event.event === 'share-submitted' && !event.data.complete;
          return isFirst && twice ? [event, event] : [event];
        });
      expect(await ceremony.codesWith(1, () => events(false))).toEqual([]);
      expect(await ceremony.codesWith(1, () => events(true))).toEqual(['no-intent']);
    }
  });

  test('has an intent before each effect', async ({ ceremony }) => {
    for (const intent of ['attempt-intent', 'share-submit-intent', 'revoke-intent'] as const) {
      expect(await ceremony.codesWith(1, without(intent))).toContain('no-intent');
    }
  });
});
