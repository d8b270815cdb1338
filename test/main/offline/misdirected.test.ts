import { expect } from 'vitest';
import type { OfflineStation } from '../../../main/offline/offline-station';
import { fromHex } from '../../../shared/bytes';
import type { Body, MessageType } from '../../../shared/message/body';
import { signMessage, wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';
import { introduce, refusal, test } from './fixtures';

async function signed<T extends MessageType>(
  by: OfflineStation,
  type: T,
  ceremony: Uint8Array | null,
  body: Body<T>,
): Promise<string> {
  const { fingerprint: from, privateKey } = by.identity();
  const issuedAt = new Date().toISOString();
  const message = await signMessage(
    { v: 1, type, ceremony, prev: new Uint8Array(32), issuedAt, from, body },
    privateKey,
  );
  return urText(wireBytes(message));
}

const result = { nonce: 'n1', encodedToken: 'AAAA', pgpFingerprint: '' };

test('an officer without a plan is told that an answer belongs elsewhere, not whom the roster lacks', async ({
  newStation,
}) => {
  const officer = await newStation('Olga', 'officer');
  const operator = await newStation('Otto', 'operator');
  await introduce(operator, officer);
  officer.beginCeremony(false);
  const ours = fromHex(officer.officer().state.id);
  const other = await refusal(
    officer.receiveText(await signed(operator, 'result', new Uint8Array(16).fill(7), result), 'qr'),
  );
  expect(other.code).toBe('other-ceremony');
  const early = await refusal(officer.receiveText(await signed(operator, 'result', ours, result), 'qr'));
  expect(early).toMatchObject({
    code: 'wrong-step',
    message: expect.stringContaining('No start message was made yet'),
  });
});

test('a custodian who takes what is the officer’s hears whose it is, and what belongs here', async ({
  newStation,
}) => {
  const custodian = await newStation('Ada', 'custodian');
  const operator = await newStation('Otto', 'operator');
  await introduce(operator, custodian);
  const text = await signed(operator, 'result', new Uint8Array(16).fill(7), result);
  const { code, message } = await refusal(custodian.receiveText(text, 'qr'));
  expect(code).toBe('wrong-role');
  expect(message).toMatch(/from the station to the officer.*Here the attempt is expected/);
});

test('a custodian who takes a message for the station hears of the attempt, and of nothing that is the officer’s', async ({
  newStation,
}) => {
  const custodian = await newStation('Ada', 'custodian');
  const text = await signed(custodian, 'share', new Uint8Array(16).fill(7), {
    nonce: 'n1',
    sealedTo: new Uint8Array(8),
    sealed: new Uint8Array(80),
    expiresAt: new Date().toISOString(),
  });
  const { code, message } = await refusal(custodian.receiveText(text, 'qr'));
  expect(code).toBe('wrong-direction');
  expect(message).toContain('Here the attempt is expected. Ask the operator for the attempt code.');
  expect(message).not.toContain('introduction');
});

test('a code that is pasted where a share is asked for is called a code, by its type', async ({
  newStation,
}) => {
  const custodian = await newStation('Ada', 'custodian');
  const operator = await newStation('Otto', 'operator');
  const text = await signed(operator, 'result', new Uint8Array(16).fill(7), result);
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
