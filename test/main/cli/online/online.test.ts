import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openHome } from '../../../../main/store/home';
import { createIdentity, unlockIdentity } from '../../../../main/store/identity';
import { asciiText, toHex } from '../../../../shared/bytes';
import { wireBytes } from '../../../../shared/message/wire';
import { urText } from '../../../../shared/qr/ur';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { digestWords } from '../../../../shared/words';
import { startFake } from '../../online/proxy';
import { otpStartMessage, random, shareMessage, startMessage } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { PASSPHRASE } from '../fixtures';
import { finishedAttempt, madeMessage, openedAttempt } from '../printed';
import { messageOf, opened, test } from './station';

test('an attempt goes from status to revoke on the command line, by files, UR text and pictures', async ({
  station: { server, stage, dir, run, signing, home },
}) => {
  const at = (name: string) => join(dir, name);
  const status = await run(['status', ...signing, '--qr', at('qr'), '--json']);
  expect(status.json).toMatchObject({ threshold: 2, shares: 3, otpLength: 28, message: { type: 'station' } });
  expect(status.as(madeMessage).message.files.every((file) => existsSync(file))).toBe(true);

  const start = await startMessage(stage, messageOf(status.as(madeMessage).message.ur, 'station'));
  writeFileSync(at('start.airlock'), wireBytes(start));
  const started = await run([
    'start',
    ...signing,
    '--message',
    at('start.airlock'),
    '--out',
    at('attempt.ur'),
    '--json',
  ]);
  expect(started.json).toMatchObject({ required: 2, progress: 0 });
  const attempt = messageOf(readFileSync(at('attempt.ur'), 'utf8').trim(), 'attempt');

  const [ada, ben] = stage.custodians;
  if (ada === undefined || ben === undefined) throw new Error('custodians');
  const first = urText(wireBytes(await shareMessage(stage, ada, attempt, server.shares[0] ?? '')));
  const submitted = await run(['submit', ...signing, '--message', '-'], { stdin: `${first}\n` });
  expect(submitted).toMatchObject({
    code: 0,
    out: expect.stringMatching(/1 of 2\n.*1 share message of this/),
  });
  writeFileSync(
    at('second.ur'),
    urText(wireBytes(await shareMessage(stage, ben, attempt, server.shares[1] ?? ''))),
  );
  const last = await run([
    'submit',
    ...signing,
    '--message',
    at('second.ur'),
    '--out',
    at('result.ur'),
    '--json',
  ]);
  expect(last.json).toMatchObject({
    complete: true,
    progress: 2,
    sharesSeenHere: 2,
    message: { type: 'result' },
  });
  const again = await run(['submit', ...signing, '--json']);
  expect(again.as(madeMessage).message.digest).toBe(last.as(madeMessage).message.digest);

  const token = await openPgpToken(last.as(finishedAttempt).encodedToken, stage.key.privateKey);
  writeFileSync(at('token'), `${asciiText(token.bytes)}\n`);
  const revoked = await run(['revoke', '--token-file', at('token'), '--json']);
  expect(revoked.json).toMatchObject({
    revoked: true,
    by: 'token',
    policies: ['root'],
    proof: expect.stringContaining('403'),
  });
  expect(revoked.out).not.toContain(asciiText(token.bytes));
  expect((await run(['revoke', '--token-file', at('token'), '--json'])).error.code).toBe('unknown-token');

  // Nothing of what crossed lies on this disk in the clear.
  const { ceremony } = started.as(openedAttempt);
  const state = readFileSync(join(home, 'ceremonies', ceremony, 'state.json'), 'utf8');
  const journal = readFileSync(join(home, 'ceremonies', ceremony, 'journal.jsonl'), 'utf8');
  for (const secret of [...server.shares, asciiText(token.bytes)])
    expect(state + journal).not.toContain(secret);
}, 60_000);

test('a station that saw the one-time password and took the answer says that it could read the token', async ({
  station: { server, stage, dir, run, signing },
}) => {
  const at = (name: string) => join(dir, name);
  const status = await run(['status', ...signing, '--json']);
  const introduced = messageOf(status.as(madeMessage).message.ur, 'station');
  const { message } = await otpStartMessage(stage, introduced, { sameStationAllowed: true });
  writeFileSync(at('start'), wireBytes(message));
  const started = await run(['start', ...signing, '--message', at('start'), '--json']);
  const attempt = messageOf(started.as(madeMessage).message.ur, 'attempt');
  for (const [i, share] of server.shares.slice(0, 2).entries()) {
    const custodian = stage.custodians[i] ?? stage.officer;
    writeFileSync(at(`share-${i}`), wireBytes(await shareMessage(stage, custodian, attempt, share)));
  }
  await run(['submit', ...signing, '--message', at('share-0')]);
  const last = await run(['submit', ...signing, '--message', at('share-1')]);
  const again = await run(['submit', ...signing]);
  for (const { code, out, err } of [last, again])
    expect({ code, said: out + err }).toEqual({
      code: 0,
      said: expect.stringMatching(/could read the root token\. The officer allowed/),
    });
  expect((await run(['submit', ...signing, '--json'])).json).toMatchObject({ couldDecode: true });
}, 60_000);

test('a ceremony is named by its two words where there are several, and cancelled by them', async ({
  station: { stage, dir, run, signing },
}) => {
  const status = await run(['status', ...signing, '--json']);
  writeFileSync(
    join(dir, 's'),
    wireBytes(await startMessage(stage, messageOf(status.as(madeMessage).message.ur, 'station'))),
  );
  const started = await run(['start', ...signing, '--message', join(dir, 's'), '--json']);
  expect((await run(['cancel', '--ceremony', 'zoo zoo', '--json'])).error.message).toContain(
    started.as(openedAttempt).words,
  );
  const cancelled = await run(['cancel', '--ceremony', started.as(openedAttempt).words, '--json']);
  expect(cancelled.json).toEqual({ cancelled: true, nonce: started.as(openedAttempt).nonce });
  expect((await run(['status', '--json'])).json).toMatchObject({ attempt: null });
}, 60_000);

test('status tells what the server says to anyone, and signs only for whoever has the passphrase', async ({
  station: { run, signing },
}) => {
  const plain = await run(['status']);
  expect(plain).toMatchObject({ code: 0, out: expect.stringContaining('2 of 3 make a quorum') });
  expect(plain.out).toMatch(/make a quorum: unseal key shares\n/);
  expect(plain.out).toMatch(/^ +Makes +a root token$/m);
  expect((await run(['status', '--qr', 'unused', '--json'])).error.code).toBe('no-passphrase');
  expect((await run(['status', ...signing])).out).toContain('UR:AIRLOCK/');
}, 60_000);

test('bad input is one sentence on standard error, an object with --json, an exit code, and nothing lost', async ({
  station: { run, signing, dir },
}) => {
  mkdirSync(join(dir, 'folder'));
  writeFileSync(join(dir, 'text'), 'hello');
  writeFileSync(join(dir, 'share'), 'a7'.repeat(33));
  writeFileSync(join(dir, 'bytes'), Buffer.from([0, 255, 3, 4]));
  writeFileSync(join(dir, 'picture.png'), readFileSync(new URL('../../../../package.json', import.meta.url)));
  const html = await startFake((_request, _body, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  );
  const cases: [string[], Record<string, string>, string][] = [
    [['start', ...signing, '--message', join(dir, 'text')], {}, 'no-message'],
    [['start', ...signing, '--message', join(dir, 'bytes')], {}, 'no-message'],
    [['start', ...signing, '--message', join(dir, 'missing')], {}, 'unreadable-file'],
    [['submit', ...signing, '--message', join(dir, 'share')], {}, 'plain-share'],
    [['start', ...signing], {}, 'usage'],
    [['submit', ...signing], {}, 'no-ceremony'],
    [['status'], { VAULT_ADDR: 'http://vault.example.com' }, 'plain-http'],
    [['status'], { VAULT_ADDR: html.address }, 'not-a-server'],
    [['status'], { VAULT_SKIP_VERIFY: '1' }, 'skip-verify'],
    [['revoke'], {}, 'usage'],
    [['revoke', '--accessor', 'abc'], {}, 'token-needed'],
    [['cancel', '--nonce', 'n'], {}, 'no-attempt'],
    [['nonsense'], {}, 'usage'],
    [['status', '--no-such-option'], {}, 'usage'],
    [['submit', '--passphrase-file', '-', '--message', '-'], {}, 'stdin-twice'],
  ];
  for (const [args, env, code] of cases) {
    const result = await run([...args, '--json'], { env });
    const exit = code === 'usage' || code === 'stdin-twice' ? 2 : 1;
    expect([args[0], result.code, result.error.code]).toEqual([args[0], exit, code]);
    expect(result.err).toBe(`${result.error.message}\n`);
    expect(result.err.trimEnd()).not.toContain('\n');
  }
}, 60_000);

test('no secret is an option: neither passphrase nor token nor share', async () => {
  for (const command of ['list', 'status', 'start', 'join', 'submit', 'cancel', 'use', 'note', 'revoke']) {
    const { out } = await airlock(['online', command, '--help']);
    expect(out).not.toMatch(/--(passphrase|token|share|otp|key) </);
  }
});

test('a home whose identity is no operator makes no station message', async ({
  station: { server },
  at,
  passphraseFile,
}) => {
  const home = openHome(at('other'));
  await createIdentity(home, { name: 'Cora', role: 'custodian', passphrase: PASSPHRASE, now: new Date() });
  expect((await unlockIdentity(home, PASSPHRASE)).name).toBe('Cora');
  const result = await airlock([
    'online',
    'status',
    '--home',
    home.dir,
    '--passphrase-file',
    passphraseFile,
    '--server',
    server.address,
    '--json',
  ]);
  expect(result.error.code).toBe('wrong-role');
}, 60_000);

test('says which message was taken, by the words that its sender reads out', async ({ station: at }) => {
  const { shares, start } = await opened(at);
  const again = await at.run(['start', ...at.signing, '--message', join(at.dir, 'start')]);
  expect(again.out).toContain(`start · ${digestWords(start.digest)}`);
  const [one] = shares;
  const taken = await at.run(['submit', ...at.signing, '--message', one?.path ?? '']);
  expect(taken.out).toContain(`share · ${digestWords(one?.message.digest ?? new Uint8Array())}`);
});

test('records a share message that came with the last one and was not needed any more', async ({
  station: at,
}) => {
  const { shares, ceremony } = await opened(at);
  const paths = shares.map(({ path }) => path);
  const { code, err } = await at.run(['submit', ...at.signing, '--message', ...paths]);
  expect([code, err]).toEqual([0, expect.stringContaining('was not needed any more')]);
  const journal = readFileSync(join(at.home, 'ceremonies', ceremony, 'journal.jsonl'), 'utf8');
  const refused = journal.split('\n').filter((line) => line.includes('"message-refused"'));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(toHex(shares[2]?.message.digest ?? new Uint8Array()));
});

test('lets a share finish no other ceremony than the one that is named, and says after a cancel that there is no result', async ({
  station: at,
}) => {
  const first = await opened(at);
  await at.run(['cancel', '--ceremony', first.ceremony]);
  const none = await at.run(['submit', ...at.signing, '--ceremony', first.ceremony]);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('cancelled')]);

  const other = { ...at, stage: { ...at.stage, ceremony: random(16) } };
  const second = await opened(other);
  const [share] = second.shares;
  const wrong = await at.run([
    'submit',
    ...at.signing,
    '--message',
    share?.path ?? '',
    '--ceremony',
    first.ceremony,
  ]);
  expect([wrong.code, wrong.err]).toEqual([
    expect.anything(),
    expect.stringContaining('Nothing was submitted'),
  ]);
  expect((await at.run(['status', '--json'])).json).toMatchObject({ attempt: { progress: 0 } });
});

test('puts the proof of a revocation into the one ceremony whose token may live, and guesses none', async ({
  station: at,
}) => {
  const cancelled = await opened(at);
  await at.run(['cancel', '--ceremony', cancelled.ceremony]);
  const finished = await opened({ ...at, stage: { ...at.stage, ceremony: random(16) } });
  const paths = finished.shares.slice(0, 2).map(({ path }) => path);
  const submitted = await at.run(['submit', ...at.signing, '--message', ...paths, '--json']);
  const token = await openPgpToken(submitted.as(finishedAttempt).encodedToken, at.stage.key.privateKey);
  const tokenFile = join(at.dir, 'token');
  writeFileSync(tokenFile, asciiText(token.bytes));

  const open = await opened({ ...at, stage: { ...at.stage, ceremony: random(16) } });
  const unclear = await at.run(['revoke', '--token-file', tokenFile]);
  expect([unclear.code, unclear.err]).toEqual([1, expect.stringContaining('Nothing was done yet')]);
  await at.run(['cancel', '--ceremony', open.ceremony]);

  expect((await at.run(['revoke', '--token-file', tokenFile])).code).toBe(0);
  const journal = readFileSync(join(at.home, 'ceremonies', finished.ceremony, 'journal.jsonl'), 'utf8');
  expect(journal).toContain('"token-revoked"');
});

test('revokes the token that is typed when asked for, and takes nothing for one that can be none', async ({
  station: at,
}) => {
  const { shares } = await opened(at);
  const paths = shares.slice(0, 2).map(({ path }) => path);
  const submitted = await at.run(['submit', ...at.signing, '--message', ...paths, '--json']);
  const token = asciiText(
    (await openPgpToken(submitted.as(finishedAttempt).encodedToken, at.stage.key.privateKey)).bytes,
  );
  const revoke = (...answers: string[]) => at.run(['revoke', '--json'], { answers });
  expect((await revoke()).error).toMatchObject({ code: 'usage' });
  const spoilt = await revoke(`${token.slice(0, 9)} ${token.slice(9)}`);
  expect([spoilt.code, spoilt.error.code]).toEqual([1, 'no-answer']);
  expect(spoilt.out + spoilt.err).not.toContain(token.slice(0, 9));
  const revoked = await revoke(token);
  expect(revoked).toMatchObject({ code: 0, json: { by: 'token' } });
  expect(revoked.out + revoked.err).not.toContain(token);
});

test('says what stands where an attempt message could not be written', async ({ station: at }) => {
  const { dir, run, signing, stage } = at;
  const status = await run(['status', ...signing, '--json']);
  writeFileSync(
    join(dir, 'start'),
    wireBytes(await startMessage(stage, messageOf(status.as(madeMessage).message.ur, 'station'))),
  );
  const out = join(dir, 'nowhere', 'attempt.ur');
  const { code, err } = await run(['start', ...signing, '--message', join(dir, 'start'), '--out', out]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/The attempt is open on the server\. Give .* again/),
  ]);
  expect((await run(['start', ...signing, '--message', join(dir, 'start')])).code).toBe(0);
});

test('what there is to know of a server before a start is said as advice, and stands in the transcript of the start', async ({
  station: at,
}) => {
  const table = await at.run(['preflight']);
  expect(table.code).toBe(0);
  expect(table.out).toMatch(/^ +TLS +Weigh: No TLS: plain http, to this very machine/m);
  expect(table.out).toMatch(/^ +Audit +Audit devices: not known, for sys\/audit is told only/m);
  expect(table.out).toMatch(/^ +Endpoints +Weigh: The endpoints are open/m);
  expect(table.out).toMatch(/^ +Attempts +No attempt is open\./m);
  expect(table.out).toMatch(/^ +Clock +Its clock and this station’s agree/m);
  expect(table.out).toMatch(/^ +HA +HA is off/m);
  const json = (await at.run(['preflight', '--json'])).json as { findings: object[] };
  expect(json).toMatchObject({ good: false });
  expect(json.findings).toHaveLength(8);

  const { ceremony } = await opened(at);
  const lines = readFileSync(openHome(at.home).ceremony(ceremony).journal, 'utf8').trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { event: string; data: { findings: object[] } });
  const recorded = events.find(({ event }) => event === 'preflight');
  expect(recorded?.data.findings).toEqual(json.findings);
  expect((await at.run(['preflight'])).out).toMatch(
    /^ +Attempts +Weigh: An attempt is open: .*0 of 2 shares/m,
  );
});
