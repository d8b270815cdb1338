import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { archiveOf, digestOf, NONCE, personNamed, received, refused, sent, withdrawn } from '../archive';
import { replaced, test } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('messages', () => {
  test('that were sent and never received are named', async ({ ceremony }) => {
    expect(await ceremony.codesWith(1, (events) => [...events, sent('attempt', 'second attempt')])).toEqual([
      'not-received',
    ]);
  });

  test('that were withdrawn by their own station need not be received, whatever they are', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    for (const [station, type] of [
      [0, 'start'],
      [1, 'attempt'],
      [2, 'share'],
    ] as const) {
      const more = [sent(type, 'second'), withdrawn(type, 'second')];
      expect(await ceremony.codesWith(station, (events) => [...events, ...more])).toEqual([]);
      const another = plans.map((plan, i) => ({
        ...plan,
        events: [
          ...plan.events,
          ...(i === station ? more.slice(0, 1) : i === 3 ? [withdrawn(type, 'second')] : []),
        ],
      }));
      const { findings } = await verifyTranscript(await archiveOf(another));
      expect(findings.map(({ code }) => code)).toEqual(['not-received']);
    }
  });

  test('that were refused have arrived: by another station, and told apart by their digest', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    const surplus = (...events: readonly JournalEvent[]) =>
      archiveOf(
        plans.map((plan, i) => ({
          ...plan,
          events:
            i === 2
              ? [
                  ...plan.events,
                  { event: 'share-released', data: { nonce: NONCE, digest: digestOf('surplus') } },
                  sent('share', 'surplus'),
                ]
              : i === 1
                ? [...plan.events, ...events]
                : plan.events,
        })),
      );
    const codes = async (folder: Promise<TranscriptFolder>) =>
      (await verifyTranscript(await folder)).findings.map(({ code }) => code);
    expect(await codes(surplus(refused('share', 'surplus')))).toEqual([]);
    expect(await codes(surplus(refused('share', 'another')))).toEqual(['not-received']);
    expect(
      await codes(surplus({ event: 'message-refused', data: { code: 'stale', reason: 'out of date' } })),
    ).toEqual(['not-received']);
    expect(
      await ceremony.codesWith(2, (events) => [
        ...events,
        sent('share', 'surplus'),
        refused('share', 'surplus'),
      ]),
    ).toEqual(['not-received']);
  });

  test('that were received and that nobody sent are named', async ({ ceremony }) => {
    const olga = await personNamed('olga');
    expect(
      await ceremony.codesWith(1, (events) => [...events, received('start', 'forged start', olga)]),
    ).toEqual(['not-sent']);
    // Where the station of whoever signed it isn't here either, nothing contradicts.
    const zoe = await personNamed('zoe');
    expect(
      await ceremony.codesWith(1, (events) => [...events, received('start', 'forged start', zoe)]),
    ).toEqual(['unaccounted']);
  });

  test('do not count as received by the station that sent them', async ({ ceremony }) => {
    const peter = await personNamed('peter');
    const own = (events: readonly JournalEvent[]) => [
      ...events,
      sent('attempt', 'loop'),
      received('attempt', 'loop', peter),
    ];
    expect(await ceremony.codesWith(1, own)).toEqual(['not-received', 'not-sent']);
  });

  test('must come from the person at the station that sent them', async ({ ceremony }) => {
    const dave = await personNamed('dave');
    const change = replaced('message-received', (found) =>
      found.event === 'message-received' && found.data.type === 'start'
        ? received('start', 'start', dave)
        : found,
    );
    expect(await ceremony.codesWith(1, change)).toEqual(['wrong-sender']);
  });

  test('that introduce people and stations, or come after the last line, may be of one side only', async ({
    ceremony,
  }) => {
    const carol = await personNamed('carol');
    const change = (events: readonly JournalEvent[]) => [
      ...events,
      sent('identity', 'olga'),
      sent('station', 'another'),
      sent('checkpoint', 'checkpoint'),
      received('signature', 'signature', carol),
    ];
    expect(await ceremony.codesWith(0, change)).toEqual([]);
  });

  test('does not mind an introduction that the officer took in and did not answer', async ({ ceremony }) => {
    const peter = await personNamed('peter');
    expect(
      await ceremony.codesWith(0, (events) => [...events, received('station', 'an older one', peter)]),
    ).toEqual([]);
  });
});
