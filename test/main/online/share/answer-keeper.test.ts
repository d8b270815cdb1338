import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, vi } from 'vitest';
import { decodeToken } from '../../../../shared/token/encoded-token';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { stateOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import { eventsOf, journalOf, shareMessage } from '../stage';

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

const test = onlineTest.extend<{
  /** Where answers are kept. */
  answers: string;
}>({
  answers: async ({ operator, started }, use) =>
    use(operator.home.ceremony(started.attempt.ceremony).answers),
});

// One share is the whole quorum: the first answer is the last.
test.override({ shape: { shares: 1, threshold: 1 } });

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

test('the place of the answer is on the disk before the share goes out, and is given back', async ({
  proxy,
  answers,
  give,
}) => {
  let size = 0;
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) size = statSync(join(answers, readdirSync(answers)[0] ?? '')).size;
    return false;
  };
  await give(0);
  expect(size).toBe(65_536);
  expect(readdirSync(answers)).toEqual(['1.raw']);
  expect(statSync(join(answers, '1.raw')).size).toBeLessThan(4096);
});

test('where there is no room for the answer the share is not sent, and the same message serves when there is', async ({
  operator,
  answers,
  give,
}) => {
  disk.refuses = (text) => text.startsWith('\0');
  await expect(give(0)).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringMatching(/ENOSPC.*not sent/),
  });
  expect((await operator.station.facts()).attempt).toMatchObject({ open: true, progress: 0 });
  expect(readdirSync(answers)).toEqual([]);
  disk.refuses = () => false;
  expect((await give(0)).complete).toBe(true);
});

test('an answer that cannot be kept as a file still becomes the result message, and that is on record', async ({
  stage,
  operator,
  give,
  tokenWorks,
}) => {
  disk.refuses = (text) => text.startsWith('{') && isAnswer(text);
  const { result } = await give(0);
  await tokenWorks(result);
  expect(eventsOf(journalOf(stage, operator))).toContain('exception');
});

test('where the disk takes neither the answer nor the journal, the error holds the encrypted token for the officer to open', async ({
  proxy,
  stage,
  operator,
  give,
}) => {
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = () => true;
    return false;
  };
  const { text, encoded } = await shownBy(give(0));
  expect(text).toMatch(/ENOSPC/);
  const token = await openPgpToken(encoded, stage.key.privateKey);
  disk.refuses = () => false;
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  // The station itself has nothing, and says so without calling the answer one that never came.
  await expect(operator.station.result()).rejects.toMatchObject({ code: 'answer-lost' });
  expect(stateOf(stage, operator).step).toBe('lost');
});

test('with a one-time password the error also says who can read the token from what it shows', async ({
  proxy,
  server,
  stage,
  operator,
  otpStart,
}) => {
  const { message, otp } = await otpStart({ sameStationAllowed: true });
  const attempt = await operator.station.start(message);
  const [ada = stage.officer] = stage.custodians;
  const share = await shareMessage(stage, ada, attempt.message, server.shares[0] ?? '');
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = () => true;
    return false;
  };
  const { text, encoded } = await shownBy(operator.station.submit(share));
  expect(text).toContain('Whoever also knows the one-time password');
  expect(decodeToken(encoded, otp).format).toBe('hvs');
});

test('an answer that was kept is called safe where only the journal fails, and is read when there is room', async ({
  proxy,
  stage,
  operator,
  answers,
  give,
  tokenWorks,
}) => {
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) disk.refuses = (text) => !isAnswer(text);
    return false;
  };
  await expect(give(0)).rejects.toMatchObject({
    code: 'answer-unrecorded',
    message: expect.stringMatching(/safe on this station's disk.*show the result again/),
    typed: expect.stringContaining('airlock online submit'),
  });
  expect(existsSync(join(answers, '1.raw'))).toBe(true);
  disk.refuses = () => false;
  const result = await operator.station.result();
  await tokenWorks(result);
  const events = eventsOf(journalOf(stage, operator));
  expect(events.filter((event) => event === 'answer-received')).toHaveLength(1);
  expect(readFileSync(join(answers, '1.raw'), 'utf8')).toContain('encoded_token');
});

test('the last answer lies on the disk byte by byte, with its hash in the journal', async ({
  proxy,
  give,
  operator,
  stage,
  answers,
}) => {
  let sent = '';
  proxy.intercept = async ({ request, response, forward }) => {
    if (!request.url?.endsWith('/update')) return false;
    const answer = await forward();
    sent = answer.body;
    response.end(answer.body);
    return true;
  };
  await give(0);
  const raw = readFileSync(join(answers, '1.raw'), 'utf8');
  expect(raw).toBe(sent);
  const received = journalOf(stage, operator).filter(({ event }) => event === 'answer-received');
  expect(received.at(-1)?.data).toMatchObject({ sha256: createHash('sha256').update(sent).digest('hex') });
});
