import { describe, expect } from 'vitest';
import { asciiBytes, toBase64 } from '../../../shared/bytes';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { passphrase, test } from './fixtures';

describe('what is at stake at a laptop', () => {
  test('is a token from its decoding until it is said to be revoked, also while the laptop is locked', async ({
    plannedByHand,
  }) => {
    const { station } = await plannedByHand('pgp');
    await station.officer().key.makeKey('curve25519');
    const token = asciiBytes(`hvs.${'xY9'.repeat(8)}`);
    const encoded = toBase64(await encryptToKey(token, station.officer().key.exportPublicKey()));
    station.officer().startSent();
    await station.officer().result.takeEncodedToken(encoded, '');
    expect(station.stakes()).toEqual([]);
    await station.officer().token.decode(passphrase);
    expect(station.stakes()).toEqual([{ kind: 'live-token', token: 'root', name: 'Re-enable OIDC' }]);
    station.lock();
    expect(station.stakes()).toEqual([{ kind: 'live-token', token: 'root', name: '' }]);
    await station.unlock(passphrase);
    station.officer().token.reportRevoked();
    expect(station.stakes()).toEqual([]);
  });

  test('is a share that is held, until it is put away', async ({ newStation }) => {
    const station = await newStation('Ada', 'custodian');
    await station.custody.enter({ kind: 'text', text: `${'ab'.repeat(32)}01` }, 'prod-eu');
    expect(station.stakes()).toEqual([{ kind: 'share', name: 'prod-eu' }]);
    station.custody.forget();
    expect(station.stakes()).toEqual([]);
  });
});
