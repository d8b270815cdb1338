import { describe, expect } from 'vitest';
import { KeyMaking } from '../../../../main/offline/officer/key-making';
import type { KeyPair } from '../../../../shared/openpgp/key-pair';
import { refusal, test } from '../fixtures';

describe('the making of a key', () => {
  test('can be cancelled: nothing of it is kept, and another can be made', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    const { key } = station.officer();
    const making = station.exclusively(() => key.makeKey('rsa4096'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    key.cancelMaking();
    expect((await refusal(making)).code).toBe('key-cancelled');
    expect(station.officer().state.step).toBe('key');
    expect(
      station
        .officer()
        .file.journal.entries()
        .map(({ event }) => event),
    ).not.toContain('key-made');
    await station.exclusively(() => key.makeKey('curve25519'));
    expect(station.officer().state.step).toBe('start');
  });

  test('that was cancelled overwrites the key that comes out of it later', async () => {
    const making = new KeyMaking();
    const pair: KeyPair = {
      publicKey: new Uint8Array(4),
      privateKey: new Uint8Array([1, 2, 3, 4]),
      fingerprint: new Uint8Array(20),
    };
    let finish = (_: KeyPair): void => undefined;
    const waiting = making.wait(
      new Promise((resolve) => {
        finish = resolve;
      }),
    );
    making.cancel();
    await expect(waiting).rejects.toMatchObject({ code: 'key-cancelled' });
    finish(pair);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(pair.privateKey).toEqual(new Uint8Array(4));
  });
});
