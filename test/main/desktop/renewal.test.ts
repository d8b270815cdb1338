import { expect, test } from 'vitest';
import { renewAfterSecrets } from '../../../main/desktop/renewal';
import { asciiBytes } from '../../../shared/bytes';
import { callChannelsOf, type HandlersOf } from '../../../shared/ipc/channel-map';
import { type Channel, type Channels, channels } from '../../../shared/ipc/offline/channels';

const callChannels = callChannelsOf(channels);

/** Calls the channels in turn, and says how often the window was renewed. */
async function renewals(...calls: Channel[]): Promise<number> {
  let count = 0;
  const plain = Object.fromEntries(Object.keys(callChannels).map((name) => [name, async () => null]));
  const handlers = renewAfterSecrets(channels, plain as unknown as HandlersOf<Channels>, () => {
    count += 1;
  });
  for (const channel of calls) await handlers[channel]({} as never);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return count;
}

test('a window that has shown the token is replaced once it is forgotten', async () => {
  expect(await renewals('officer.token.reveal', 'officer.token.reveal', 'officer.token.forget')).toBe(1);
});

test('a window that took a share is replaced when the ceremony is left', async () => {
  expect(await renewals('custodian.share', 'custodian.release', 'ceremony.leave')).toBe(1);
});

test('a window in which a secret was typed is replaced as soon as that was taken', async () => {
  for (const channel of ['identity.create', 'identity.unlock', 'custodian.share', 'custody.enter'] as const)
    expect(await renewals(channel)).toBe(1);
});

test('what was typed is overwritten once its call is done, also where it was refused', async () => {
  const plain = Object.fromEntries(Object.keys(callChannels).map((name) => [name, async () => null]));
  const refuse = async () => Promise.reject(new Error('refused'));
  let renewed = 0;
  const handlers = renewAfterSecrets(
    channels,
    { ...plain, 'officer.decode': refuse } as unknown as HandlersOf<Channels>,
    () => {
      renewed += 1;
    },
  );
  const [right, wrong] = [asciiBytes('tin roof'), asciiBytes('tin loaf')];
  await expect(handlers['officer.decode']({ passphrase: wrong })).rejects.toThrow('refused');
  expect(wrong).toEqual(new Uint8Array(8));
  // It stays in its window, to be corrected.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(renewed).toBe(0);
  await handlers['identity.unlock']({ passphrase: right });
  expect(right).toEqual(new Uint8Array(8));
});

test('a window that has shown no secret stays', async () => {
  expect(await renewals('state.get', 'ceremony.open', 'ceremony.leave', 'identity.lock')).toBe(0);
});

test('a secret counts once', async () => {
  expect(await renewals('officer.token.reveal', 'officer.token.forget', 'ceremony.leave')).toBe(1);
});

test('a window in which a share was entered at home, or a card read, is replaced once the share is put away', async () => {
  expect(await renewals('custody.enter', 'custody.card.print', 'custody.forget')).toBe(1);
  expect(await renewals('custody.card.reveal', 'custody.forget')).toBe(1);
});

test('every channel of the map that answers with a secret in clear shows one', async () => {
  for (const channel of Object.keys(callChannels) as Channel[]) {
    if (!channel.endsWith('.reveal')) continue;
    expect([channel, await renewals(channel, 'identity.lock')]).toEqual([channel, 1]);
  }
});

test('a window in which a passphrase or a private key was typed for the ceremony is replaced as well', async () => {
  for (const channel of ['officer.decode', 'officer.import-key', 'custodian.share'] as const)
    expect(await renewals(channel, 'officer.destroy')).toBe(1);
});

test('the memory of a message with a secret is overwritten before a window is opened that could take it', async () => {
  const told: string[] = [];
  const plain = {
    ...Object.fromEntries(Object.keys(callChannels).map((name) => [name, async () => null])),
    'officer.token.reveal': async () => ({ text: 'a token of twenty-six let.' }),
  };
  const handlers = renewAfterSecrets(
    channels,
    plain as unknown as HandlersOf<Channels>,
    () => told.push('window'),
    { justFreed: (length) => told.push(`freed ${length}`), soon: () => told.push('soon') },
  );
  const turns = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await handlers['identity.unlock']({ passphrase: asciiBytes('tin roof') });
  await turns();
  expect(told).toEqual(['soon', 'freed 8', 'freed 8', 'window']);
  told.length = 0;
  await handlers['officer.token.reveal']({});
  await handlers['officer.token.forget']({});
  await turns();
  expect(told).toEqual(['soon', 'soon', 'freed 26', 'freed 26', 'window']);
});
