import { expect } from 'vitest';
import { wireBytes } from '../../../../shared/message/wire';
import { urText } from '../../../../shared/qr/ur';
import { refusal, signedBy, test } from '../fixtures';

test('a code that is pasted where a share is asked for is called a code, by its type', async ({
  newStation,
}) => {
  const custodian = await newStation('Ada', 'custodian');
  const operator = await newStation('Otto', 'operator');
  const message = await signedBy(
    operator,
    'result',
    { ceremony: new Uint8Array(16).fill(7), prev: new Uint8Array(32) },
    { nonce: 'n1', encodedToken: 'AAAA', pgpFingerprint: '' },
  );
  const text = urText(wireBytes(message));
  for (const [pasted, said] of [
    [text, 'which holds a result message'],
    ['UR:AIRLOCK/1-3/LPADAXCF', 'which can’t be read'],
  ] as const) {
    for (const entry of [
      { kind: 'text', text: pasted },
      { kind: 'pgp', text: pasted, privateKey: '', passphrase: '' },
    ] as const) {
      const { code, message } = await refusal(custodian.custody.enter(entry, 'prod-eu'));
      expect(code).toBe('not-a-share');
      expect(message).toContain(said);
    }
  }
});
