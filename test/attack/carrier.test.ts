import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../main/online/attempt/record';
import type { RehearsalServer } from '../../main/rehearsal/server';
import { type SignedMessage, signMessage } from '../../shared/message/wire';
import {
  journalOf,
  newStage,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
} from '../main/online/stage';

// What a carrier has: every code that crosses, time, and an identity of their own on the roster. Here it is
// Ben, who carries Ada's share and is a custodian himself.

let server: RehearsalServer;
let stage: Stage;
let attempt: AttemptResult;

beforeEach(async () => {
  server = await rehearsalServer();
  stage = await newStage({ address: server.address });
  attempt = (await startedAttempt(stage)).attempt;
});

const person = (index: number) => stage.custodians[index] ?? stage.officer;
const submit = (message: SignedMessage) => stage.operators[0].station.submit(message);
const shareOf = (index: number) =>
  shareMessage(stage, person(index), attempt.message, server.shares[index] ?? '');

/** Ada's sealed share, in a message that Ben signs as his own. */
async function stolen(): Promise<SignedMessage<'share'>> {
  const adas = await shareOf(0);
  const ben = person(1);
  return signMessage({ ...adas.envelope, from: ben.fingerprint }, ben.privateKey);
}

test('a carrier who signs Ada’s sealed share as their own is refused, and Ada’s own still counts as hers', async () => {
  await expect(submit(await stolen())).rejects.toMatchObject({ code: 'not-for-this-station' });
  expect((await submit(await shareOf(0))).progress).toBe(1);
  const counted = journalOf(stage, stage.operators[0]).filter(({ event }) => event === 'share-submitted');
  expect(counted).toHaveLength(1);
});

test('the attempt to pass Ada’s share off is on record at the station, as a message of whoever signed it', async () => {
  const message = await stolen();
  await expect(submit(message)).rejects.toThrow();
  const arrived = journalOf(stage, stage.operators[0]).filter(
    (line) =>
      line.event === 'message-received' &&
      line.data.type === 'share' &&
      line.data.digest === Buffer.from(message.digest).toString('hex'),
  );
  expect(arrived).toMatchObject([
    { data: { from: Buffer.from(person(1).fingerprint).toString('hex').toUpperCase() } },
  ]);
});

test('a carrier who shows a share twice, late, or at the other station moves nothing', async () => {
  const adas = await shareOf(0);
  await submit(adas);
  await expect(submit(adas)).rejects.toMatchObject({ code: 'already-submitted' });
  const joined = await stage.operators[1].station.join(attempt.message);
  expect(joined.nonce).toBe(attempt.nonce);
  const bens = await shareOf(1);
  await expect(stage.operators[1].station.submit(bens)).rejects.toMatchObject({ code: 'other-station' });
  await stage.operators[0].station.cancel();
  await expect(submit(bens)).rejects.toMatchObject({ code: 'no-attempt' });
  expect((await stage.operators[1].station.facts()).attempt.open).toBe(false);
});

test('a carrier who changes any field of a share message breaks its signature', async () => {
  const { envelope, signature } = await shareOf(0);
  const fields = [
    { ...envelope, from: person(1).fingerprint },
    { ...envelope, issuedAt: '2026-01-01T00:00:00Z' },
    { ...envelope, prev: new Uint8Array(32) },
    { ...envelope, ceremony: new Uint8Array(16) },
    { ...envelope, body: { ...envelope.body, nonce: 'another' } },
    { ...envelope, body: { ...envelope.body, sealedTo: new Uint8Array(8) } },
    { ...envelope, body: { ...envelope.body, expiresAt: '2099-01-01T00:00:00Z' } },
    { ...envelope, body: { ...envelope.body, sealed: new Uint8Array(81) } },
  ];
  for (const changed of fields) {
    // Made by the signer's own program, then given Ada's signature: what a carrier's tool could do at best.
    const forged = { ...(await signMessage(changed, person(1).privateKey)), signature };
    await expect(submit(forged)).rejects.toMatchObject({ name: 'MessageError' });
  }
  expect((await stage.operators[0].station.facts()).attempt.progress).toBe(0);
});
