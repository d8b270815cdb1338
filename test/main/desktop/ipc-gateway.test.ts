import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import { answersOf, openGateway, push } from '../../../main/desktop/ipc-gateway';
import { AirlockError } from '../../../shared/airlock-error';
import { asciiBytes } from '../../../shared/bytes';
import { callChannelsOf, type HandlersOf } from '../../../shared/ipc/channel-map';
import { type Channel, type Channels, channels } from '../../../shared/ipc/offline/channels';

const callChannels = callChannelsOf(channels);

class TestError extends AirlockError<'wrong-share'> {}

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** A gateway whose handlers are `own`, and for the rest fail; `called` records which ran. */
function gateway(own: Partial<Record<Channel, (args: never) => unknown>>, mayCall = true) {
  const listeners = new Map<string, Listener>();
  const called: unknown[] = [];
  const read: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(callChannels).map((channel) => [
      channel,
      (args: never) => {
        called.push([channel, args]);
        const handler = own[channel as Channel];
        if (!handler) throw new Error('not in this test');
        return handler(args);
      },
    ]),
  ) as unknown as HandlersOf<Channels>;
  const ipc = { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) };
  openGateway(ipc, () => mayCall, {
    entrance: () => ({ name: 'Ada' }),
    answers: async () => {
      read.push('the rest');
      return answersOf(channels, handlers);
    },
  });
  const call = (channel: unknown, args: unknown): unknown =>
    listeners.get('airlock')?.({} as IpcMainInvokeEvent, channel, args);
  return { listeners, called, read, call };
}

describe('the gateway', () => {
  test('answers exactly the channels of the map', async () => {
    const { listeners, call, called } = gateway({});
    expect([...listeners.keys()]).toEqual(['airlock']);
    for (const name of ['state.changed', 'no.such', 'toString', '__proto__', '', null, {}, ['state.get']])
      expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
    expect(called).toEqual([]);
    for (const name of Object.keys(callChannels).filter((each) => each !== 'entrance.get'))
      expect(await call(name, undefined)).toMatchObject({ ok: false });
  });

  test('says whose station it is before the rest of the program was read, and never after', async () => {
    const { call, read, called } = gateway({ 'entrance.get': () => null, 'preferences.set': () => null });
    expect(await call('entrance.get', {})).toEqual({ ok: true, value: { name: 'Ada' } });
    expect(read).toEqual([]);
    const waits = call('identity.lock', {});
    expect(await call('entrance.get', {})).toEqual({ ok: true, value: null });
    await waits;
    expect(read).toEqual(['the rest']);
    expect(called).toContainEqual(['identity.lock', {}]);
  });

  test('lets no stranger have the rest of the program read', async () => {
    const { call, read } = gateway({}, false);
    expect(await call('entrance.get', {})).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
    expect(await call('state.get', {})).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
    expect(read).toEqual([]);
  });

  test('hands parsed arguments on and the result back', async () => {
    const { call, called } = gateway({ 'identity.unlock': () => null });
    expect(await call('identity.unlock', { passphrase: asciiBytes('tin roof') })).toEqual({
      ok: true,
      value: null,
    });
    expect(called).toEqual([['identity.unlock', { passphrase: asciiBytes('tin roof') }]]);
  });

  test('refuses a sender that is not the app’s own window, before any handler runs', async () => {
    const { call, called } = gateway({ 'identity.lock': () => null }, false);
    expect(await call('identity.lock', {})).toMatchObject({ ok: false, error: { code: 'sender-refused' } });
    expect(called).toEqual([]);
  });

  test.each([
    [undefined],
    [null],
    ['tin roof'],
    [{}],
    [{ passphrase: 7 }],
    [{ passphrase: asciiBytes('tin roof'), extra: true }],
    [{ passphrase: 'tin roof' }],
    [{ passphrase: 'x'.repeat(1001) }],
  ])('refuses arguments that do not parse: %j', async (args) => {
    const { call, called } = gateway({ 'identity.unlock': () => null });
    expect(await call('identity.unlock', args)).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
    expect(called).toEqual([]);
  });

  test('tells an error of the domain by its code and sentence', async () => {
    const { call } = gateway({
      'identity.lock': () => {
        throw new TestError('wrong-share', 'That is another share.');
      },
    });
    const error = { code: 'wrong-share', message: 'That is another share.' };
    expect(await call('identity.lock', {})).toEqual({ ok: false, error });
  });

  test('tells nothing of any other error, whose text may hold a secret', async () => {
    const { call } = gateway({
      'identity.lock': async () => {
        throw new Error('could not parse hvs.CAESIJ');
      },
    });
    const answer = await call('identity.lock', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('hvs');
  });

  test('lets nothing out that the map does not name', async () => {
    const { call } = gateway({ 'officer.token.reveal': () => ({ text: 'hvs.x', privateKey: 'secret' }) });
    expect(await call('officer.token.reveal', {})).toEqual({ ok: true, value: { text: 'hvs.x' } });
  });

  test('does not pass on a result of the wrong shape', async () => {
    const { call } = gateway({ 'identity.lock': () => 'locked' });
    expect(await call('identity.lock', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  test('has no channel for calls under the name of a push, and tells the window by that name', () => {
    const { listeners } = gateway({});
    expect([...listeners.keys()]).not.toContain('airlock:state.changed');
    const sent: string[] = [];
    const window = { webContents: { send: (channel: string) => void sent.push(channel) } };
    push(window as unknown as Parameters<typeof push>[0]);
    push(null);
    expect(sent).toEqual(['state.changed']);
  });
});
