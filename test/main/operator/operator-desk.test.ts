import { describe, expect } from 'vitest';
import { alarmOf } from '../../../main/operator/open-attempt';
import { OperatorDesk } from '../../../main/operator/operator-desk';
import type { UnlockedIdentity } from '../../../main/store/identity';
import { wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';
import { test as base } from '../online/fixtures';
import { eventsOf, journalOf } from '../online/stage';

/** A desk whose person is on the stage already: nothing of their key lies on the disk. */
class StageDesk extends OperatorDesk {
  constructor(
    options: ConstructorParameters<typeof OperatorDesk>[0],
    private readonly someone: UnlockedIdentity,
  ) {
    super(options);
  }

  override identity(): UnlockedIdentity {
    return this.someone;
  }
}

const test = base.extend<{ readonly desk: OperatorDesk }>({
  desk: async ({ stage, operator, proxy, started }, use) => {
    const { home, identity } = operator;
    const clock = () => stage.clock();
    const desk = new StageDesk({ home, clock, program: 'airlock', version: '0', env: {} }, identity);
    await desk.connection.connectTo({ address: proxy.address }, identity);
    await desk.openCeremony(started.attempt.ceremony);
    await use(desk);
  },
});

describe('a share at the operator’s desk', () => {
  test('is accepted once, however long its code stays in view', async ({
    desk,
    stage,
    operator,
    shareOf,
  }) => {
    const text = urText(wireBytes(await shareOf(0)));
    const first = await desk.receiveText(text, 'qr');
    expect(first).toMatchObject({
      status: 'taken',
      text: 'The share of Ada is accepted by the server: 1 of 3.',
    });
    for (let frame = 0; frame < 3; frame++) expect(await desk.receiveText(text, 'qr')).toEqual(first);
    const events = eventsOf(journalOf(stage, operator));
    expect(events.filter((event) => event === 'share-submitted')).toHaveLength(1);
    expect(events).not.toContain('message-refused');
  });

  test('is not called accepted when its code is shown again later, or after another', async ({
    desk,
    stage,
    shareOf,
  }) => {
    const texts = [urText(wireBytes(await shareOf(0))), urText(wireBytes(await shareOf(1)))];
    await desk.receiveText(texts[0] ?? '', 'qr');
    const later = Date.now() + 60_000;
    stage.clock = () => new Date(later);
    await expect(desk.receiveText(texts[0] ?? '', 'qr')).rejects.toMatchObject({ code: 'already-submitted' });
    await desk.receiveText(texts[1] ?? '', 'qr');
    await expect(desk.receiveText(texts[0] ?? '', 'qr')).rejects.toMatchObject({ code: 'already-submitted' });
  });

  test('that is refused stands in the journal once', async ({ desk, stage, operator, shareOf }) => {
    const share = await shareOf(0);
    await desk.receiveText(urText(wireBytes(share)), 'qr');
    const later = Date.now() + 60_000;
    stage.clock = () => new Date(later);
    for (let frame = 0; frame < 2; frame++)
      await expect(desk.receiveText(urText(wireBytes(share)), 'qr')).rejects.toMatchObject({
        code: 'already-submitted',
      });
    const refused = journalOf(stage, operator).filter(({ event }) => event === 'message-refused');
    expect(refused).toHaveLength(1);
  });
});

describe('somebody who reaches the server, and is none of the ceremony', () => {
  const attempt = (address: string): string => `${address}/v1/sys/generate-root/attempt`;
  const alarm = (desk: OperatorDesk) => {
    const { facts, problem } = desk.connection;
    return alarmOf(desk.ceremony().state, facts, problem, true);
  };

  test('cancels the attempt: the desk says so, and then puts it on record', async ({
    desk,
    server,
    stage,
    operator,
    shareOf,
  }) => {
    await desk.ask();
    expect(alarm(desk)).toBeNull();
    await fetch(attempt(server.address), { method: 'DELETE' });
    await desk.ask();
    expect(alarm(desk)).toMatchObject({ kind: 'gone' });
    await desk.confirmGone();
    expect(desk.ceremony().state.step).toBe('cancelled');
    const text = urText(wireBytes(await shareOf(0)));
    await expect(desk.receiveText(text, 'qr')).rejects.toMatchObject({ code: 'no-attempt' });
    const events = eventsOf(journalOf(stage, operator));
    expect(events).toContain('attempt-changed');
    expect(events).not.toContain('share-submit-intent');
  });

  test('puts an attempt of their own in its place: the desk names it, and gives it no share', async ({
    desk,
    server,
    stage,
    operator,
    shareOf,
  }) => {
    await fetch(attempt(server.address), { method: 'DELETE' });
    const otp = 'a'.repeat(server.otpLength);
    await fetch(attempt(server.address), { method: 'PUT', body: JSON.stringify({ otp }) });
    await desk.ask();
    expect(alarm(desk)).toMatchObject({ kind: 'replaced' });
    const text = urText(wireBytes(await shareOf(0)));
    await expect(desk.receiveText(text, 'qr')).rejects.toMatchObject({ code: 'attempt-changed' });
    expect(eventsOf(journalOf(stage, operator))).not.toContain('share-submit-intent');
  });

  test('makes the server silent: the desk says that it does not answer, and the attempt stays as it was', async ({
    desk,
    proxy,
  }) => {
    proxy.intercept = ({ response }) => {
      response.destroy();
      return true;
    };
    await desk.ask();
    expect(alarm(desk)).toMatchObject({ kind: 'silent' });
    expect(desk.ceremony().state.step).toBe('open');
  });
});
