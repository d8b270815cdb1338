import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { eventWords } from '../../../../shared/transcript/event-words';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { archiveOf, carolTwice, digestOf, journalOf, NONCE, startedOver } from '../archive';
import { codesOf, replaced, test, without } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('an attempt', () => {
  test('needs as many custodians as the server asked for', async ({ ceremony }) => {
    const { plans } = ceremony;
    expect(await codesOf(carolTwice(plans))).toEqual(['quorum']);
  });

  test('counts nobody whose station is not in the archive', async ({ ceremony }) => {
    const { plans } = ceremony;
    expect(await codesOf(plans.slice(0, 3))).toEqual(['missing-key', 'missing-station']);
    const { verdict, findings } = await verifyTranscript(await archiveOf(plans.slice(0, 3)));
    expect(verdict).toBe('incomplete');
    expect(findings.map(({ message }) => message)).toContain('The folder of dave is missing.');
  });

  test('does not count a share that the server refused', async ({ ceremony }) => {
    let shares = 0;
    const change = replaced('share-submitted', (found) =>
      ++shares === 1 ? { event: 'share-rejected', data: { reason: 'wrong length' } } : found,
    );
    expect(await ceremony.codesWith(1, change)).toEqual(['quorum']);
  });

  test('does not count a share whose answer was a refusal, and counts one whose outcome a crash kept off the record', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    const answer: JournalEvent = { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('a') } };
    const rejected: JournalEvent = { event: 'share-rejected', data: { reason: 'wrong' } };
    const first = (outcome: readonly JournalEvent[]) => () =>
      plans[1].events.flatMap((event) =>
        event.event === 'share-submitted' && !event.data.complete ? outcome : [event],
      );
    expect(await ceremony.codesWith(1, first([answer, rejected]))).toEqual(['quorum']);
    expect(await ceremony.codesWith(1, first([answer]))).toEqual([]);
  });

  test('does not count shares that the server threw away: everyone gives theirs again', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    expect(await codesOf(startedOver(plans, ['carol', 'dave']))).toEqual([]);
    expect(await codesOf(startedOver(plans, ['dave', 'dave']))).toEqual(['quorum']);
  });

  test('counts a share whose answer was lost, for its custodian’s own message says that it was given', async ({
    ceremony,
  }) => {
    const lost: JournalEvent = {
      event: 'exception',
      data: { text: 'It is not known whether a share was counted' },
    };
    const unsure: JournalEvent = { event: 'share-rejected', data: { reason: 'not yet', unsure: true } };
    for (const outcome of [lost, unsure]) {
      const unanswered = (events: readonly JournalEvent[]) =>
        events.flatMap((event) =>
          event.event === 'share-submitted' && !event.data.complete ? [outcome] : [event],
        );
      expect(await ceremony.codesWith(1, unanswered)).toEqual([]);
    }
  });

  test('does not count a share whose answer said that the attempt was another', async ({ ceremony }) => {
    const answer: JournalEvent = { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('a') } };
    const changed: JournalEvent = { event: 'attempt-changed', data: { expected: NONCE, found: '' } };
    const first = (events: readonly JournalEvent[]) =>
      events.flatMap((event) =>
        event.event === 'share-submitted' && !event.data.complete ? [answer, changed] : [event],
      );
    expect(await ceremony.codesWith(1, first)).toEqual(['quorum']);
  });

  test('counts shares that came as plain values, without a name, and notes each of them', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    const plain = replaced('share-submit-intent', (found) =>
      found.event === 'share-submit-intent'
        ? { ...found, data: { ...found.data, digest: '', custodian: '' } }
        : found,
    );
    const events = plain(plans[1].events);
    const { findings, notes } = await verifyTranscript(
      await archiveOf(plans.map((plan, i) => (i === 1 ? { ...plan, events } : plan))),
    );
    expect(findings).toEqual([]);
    expect(notes.filter(({ station }) => station === 'online')).toEqual(
      [8, 11].map((line) => ({
        station: 'online',
        line,
        message: 'a share came as a plain value: nothing says whose it was',
      })),
    );
    const alarms = journalOf({ ...plans[1], events }).filter(({ line }) => eventWords(line).alarm);
    expect(alarms.map(({ line }) => line.n)).toEqual([8, 11]);
  });

  test('asks for the same number of shares on every line', async ({ ceremony }) => {
    const change = replaced('attempt-started', () => ({
      event: 'attempt-started',
      data: { nonce: NONCE, required: 1, otpLength: 28 },
    }));
    expect(await ceremony.codesWith(1, change)).toEqual(['quorum']);
  });

  test('may end without a token and without a quorum', async ({ ceremony }) => {
    const { plans } = ceremony;
    const online = plans[1].events.filter(
      ({ event, data }) =>
        !['answer-received', 'revoke-intent', 'token-revoked'].includes(event) &&
        !('complete' in data && data.complete) &&
        !('type' in data && data.type === 'result'),
    );
    const officer = without('token-decoded')(plans[0].events).filter(
      ({ data }) => !('type' in data && data.type === 'result'),
    );
    const report = await verifyTranscript(
      await archiveOf([
        { ...plans[0], events: officer },
        { ...plans[1], events: online },
        plans[2],
        plans[3],
      ]),
    );
    expect(report.findings).toEqual([]);
  });
});
