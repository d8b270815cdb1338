import { expect } from 'vitest';
import { fromHex } from '../../../../shared/bytes';
import { type SignedMessage, wireBytes } from '../../../../shared/message/wire';
import { urText } from '../../../../shared/qr/ur';
import { introduce, refusal, signedBy, test } from '../../offline/fixtures';

/** The text of a code with a message of that ceremony. */
const codeOf = async (message: Promise<SignedMessage>): Promise<string> => urText(wireBytes(await message));

const elsewhere = { ceremony: new Uint8Array(16).fill(7), prev: new Uint8Array(32) };
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
    officer.receiveText(await codeOf(signedBy(operator, 'result', elsewhere, result)), 'qr'),
  );
  expect(other.code).toBe('other-ceremony');
  const early = await refusal(
    officer.receiveText(
      await codeOf(signedBy(operator, 'result', { ...elsewhere, ceremony: ours }, result)),
      'qr',
    ),
  );
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
  const text = await codeOf(signedBy(operator, 'result', elsewhere, result));
  const { code, message } = await refusal(custodian.receiveText(text, 'qr'));
  expect(code).toBe('wrong-role');
  expect(message).toMatch(/from the station to the officer.*Here the attempt is expected/);
});

test('a custodian who takes a message for the station hears of the attempt, and of nothing that is the officer’s', async ({
  newStation,
}) => {
  const custodian = await newStation('Ada', 'custodian');
  const text = await codeOf(
    signedBy(await newStation('Ben', 'custodian'), 'share', elsewhere, {
      nonce: 'n1',
      sealedTo: new Uint8Array(8),
      sealed: new Uint8Array(80),
      expiresAt: new Date().toISOString(),
    }),
  );
  const { code, message } = await refusal(custodian.receiveText(text, 'qr'));
  expect(code).toBe('wrong-direction');
  expect(message).toContain('Here the attempt is expected. Ask the operator for the attempt code.');
  expect(message).not.toContain('introduction');
});
