import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { decodeToken } from '../../../shared/token/encoded-token';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { stateOf } from './crash';
import { startProxy } from './proxy';
import {
  eventsOf,
  journalOf,
  newStage,
  otpStartMessage,
  rehearsalServer,
  shareMessage,
  startedAttempt,
} from './stage';

/** What the disk refuses to take. */
const disk = vi.hoisted(() => ({ refuses: (_text: string): boolean => false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (fd: number, data: Uint8Array | string, ...rest: never[]): number => {
    if (disk.refuses(Buffer.from(data).toString('latin1'))) {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    return fs.writeSync(fd, data as Uint8Array, ...rest);
  };
  return { ...fs, writeSync };
});

beforeEach(() => {
  disk.refuses = () => false;
});

const isAnswer = (text: string) => text.includes('encoded_token');

async function lastShare(method: 'pgp' | 'otp') {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const proxy = await startProxy(server.address);
  const stage = await newStage({ address: proxy.address });
  const [operator] = stage.operators;
  const planned =
    method === 'pgp'
      ? null
      : await otpStartMessage(stage, (await operator.station.status()).message, { sameStationAllowed: true });
  const attempt =
    planned === null ? (await startedAttempt(stage)).attempt : await operator.station.start(planned.message);
  const message = await shareMessage(
    stage,
    stage.custodians[0] ?? stage.officer,
    attempt.message,
    server.shares[0] ?? '',
  );
  const { answers } = operator.home.ceremony(attempt.ceremony);
  return { proxy, stage, operator, otp: planned?.otp, answers, give: () => operator.station.submit(message) };
}

/** The JSON that an error shows, once it is known to be the last resort's. */
async function shownBy(work: Promise<unknown>): Promise<{ text: string; encoded: string }> {
  const error = await work.then(
    () => new Error('it went well'),
    (each: Error) => each,
  );
  expect(error).toMatchObject({ code: 'answer-unrecorded' });
  expect(error.message).not.toMatch(/did not arrive|does not hold/);
  const json = /^\{.*\}$/m.exec(error.message)?.[0] ?? '{}';
  return {
    text: error.message,
    encoded: (JSON.parse(json) as { encoded_token?: string }).encoded_token ?? '',
  };
}

test('the place of the answer is on the disk before the share goes out, and is given back', async () => {
  const { proxy, answers, give } = await lastShare('pgp');
  let size = 0;
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) size = statSync(join(answers, readdirSync(answers)[0] ?? '')).size;
    return false;
  };
  await give();
  expect(size).toBe(65_536);
  expect(readdirSync(answers)).toEqual(['1.raw']);
  expect(statSync(join(answers, '1.raw')).size).toBeLessThan(4096);
});

test('where there is no room for the answer the share is not sent, and the same message serves when there is', async () => {
  const { operator, answers, give } = await lastShare('pgp');
  disk.refuses = (text) => text.startsWith('\0');
  await expect(give()).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringMatching(/ENOSPC.*not sent/),
  });
  expect((await operator.station.facts()).attempt).toMatchObject({ open: true, progress: 0 });
  expect(readdirSync(answers)).toEqual([]);
  disk.refuses = () => false;
  expect((await give()).complete).toBe(true);
});

test('an answer that cannot be kept as a file still becomes the result message, and that is on record', async () => {
  const { stage, operator, give } = await lastShare('pgp');
  disk.refuses = (text) => text.startsWith('{') && isAnswer(text);
  const { result } = await give();
  const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  expect(eventsOf(journalOf(stage, operator))).toContain('exception');
});

test('where the disk takes neither the answer nor the journal, the error holds the encrypted token for the officer to open', async () => {
  const { proxy, stage, operator, give } = await lastShare('pgp');
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = () => true;
    return false;
  };
  const { text, encoded } = await shownBy(give());
  expect(text).toMatch(/ENOSPC/);
  const token = await openPgpToken(encoded, stage.key.privateKey);
  disk.refuses = () => false;
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  // The station itself has nothing, and says so without calling the answer one that never came.
  await expect(operator.station.result()).rejects.toMatchObject({ code: 'answer-lost' });
  expect(stateOf(stage, operator).step).toBe('lost');
});

test('with a one-time password the error also says who can read the token from what it shows', async () => {
  const { proxy, otp, give } = await lastShare('otp');
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = () => true;
    return false;
  };
  const { text, encoded } = await shownBy(give());
  expect(text).toContain('Whoever also knows the one-time password');
  if (otp === undefined) throw new Error('no OTP');
  expect(decodeToken(encoded, otp).format).toBe('hvs');
});

test('an answer that was kept is called safe where only the journal fails, and is read when there is room', async () => {
  const { proxy, stage, operator, answers, give } = await lastShare('pgp');
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = (text) => !isAnswer(text);
    return false;
  };
  await expect(give()).rejects.toMatchObject({
    code: 'answer-unrecorded',
    message: expect.stringMatching(/safe on this station's disk.*airlock online submit/),
  });
  expect(existsSync(join(answers, '1.raw'))).toBe(true);
  disk.refuses = () => false;
  const result = await operator.station.result();
  const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  const events = eventsOf(journalOf(stage, operator));
  expect(events.filter((event) => event === 'answer-received')).toHaveLength(1);
  expect(readFileSync(join(answers, '1.raw'), 'utf8')).toContain('encoded_token');
});
