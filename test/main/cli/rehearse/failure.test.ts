import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { rehearse } from '../../../../main/cli/rehearse/rehearsal';
import { OfflineStation } from '../../../../main/offline/offline-station';
import { startRehearsalServer } from '../../../../main/rehearsal/server';
import { openHome } from '../../../../main/store/home';
import { type Intercept, startProxy } from '../../online/proxy';
import { rehearsalServer } from '../../online/stage';
import { airlock } from '../fake-terminal';

vi.setConfig({ testTimeout: 120_000 });

const TMPDIR = process.env['TMPDIR'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-failing-'));
  // The players' homes go there, too.
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(folder, { recursive: true });
});

const homesLeft = (): string[] => readdirSync(folder).filter((name) => name.startsWith('airlock-rehearsal-'));

const refusing =
  (...paths: readonly string[]): Intercept =>
  ({ request, response }) => {
    if (!paths.some((path) => request.url?.endsWith(path))) return false;
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"errors":["out of order"]}');
    return true;
  };

const accessorList = z.object({ data: z.object({ keys: z.array(z.string()) }) });
const openAttempt = z.object({ started: z.boolean() });

/** A rehearsal on a server that is there to stay, and what is on that server afterwards. */
async function failing(
  intercept: Intercept,
  { method = 'pgp', at = () => undefined }: { method?: 'pgp' | 'otp'; at?: (title: string) => void } = {},
) {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
  });
  const proxy = await startProxy(server.address);
  proxy.intercept = intercept;
  const said: string[] = [];
  const call = async (path: string, token = server.rootToken) => {
    const answer = await fetch(`${server.address}/v1/${path}`, { headers: { 'x-vault-token': token } });
    return { status: answer.status, json: (await answer.json()) as unknown };
  };
  const error: Error & { code?: string } = await rehearse({
    method,
    out: join(folder, 'out'),
    existing: { server: { address: proxy.address }, shares: [...server.shares] },
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
    version: '0.0.0',
    clock: () => new Date(),
    say: (title, detail) => {
      said.push(`${title}: ${detail}`);
      at(title);
    },
  }).then(
    () => new Error('the rehearsal went well'),
    (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
  );
  const accessors = accessorList.parse((await call('auth/token/accessors?list=true')).json).data.keys;
  const { started } = openAttempt.parse((await call('sys/generate-root/attempt')).json);
  return { error, said, tokens: accessors.length, attempt: started, call, close: () => server.close() };
}

test.each(['pgp', 'otp'] as const)(
  'a rehearsal that fails after the token was decoded revokes it, and leaves no home behind (%s)',
  async (method) => {
    const { error, said, tokens, close } = await failing(refusing('/auth/token/create'), { method });
    expect(error.message).toContain('out of order');
    expect(said.join('\n')).toContain('Token decoded');
    expect(said.at(-1)).toBe('Taken back: The root token was revoked, and seen to be revoked.');
    expect(tokens).toBe(1);
    expect(homesLeft()).toEqual([]);
    await close();
  },
);

test('where the token cannot be revoked, the homes are kept, and their officer can decode it again', async () => {
  const { error, tokens, call, close } = await failing(
    refusing('/auth/token/create', '/auth/token/revoke-self'),
  );
  expect(tokens).toBe(2);
  expect(error.code).toBe('left-behind');
  expect(error.message).toMatch(/out of order.*A live root token.*homes of its players are kept in/s);
  const [kept = ''] = homesLeft();
  const passphraseFile = join(folder, kept, 'officer-passphrase.txt');
  expect(error.message).toContain(passphraseFile);
  expect(statSync(passphraseFile).mode & 0o777).toBe(0o600);

  const home = openHome(join(folder, kept, 'Officer'));
  const passphrase = readFileSync(passphraseFile, 'utf8').trim();
  const station = new OfflineStation({
    home,
    clock: () => new Date(),
    random: (length) => new Uint8Array(randomBytes(length)),
    version: '0.0.0',
    program: 'airlock',
  });
  await station.person.unlock(passphrase);
  await station.openCeremony(home.listCeremonies()[0] ?? '');
  await station.officer().token.decode(passphrase);
  expect((await call('auth/token/lookup-self', station.officer().token.reveal())).status).toBe(200);
  expect(existsSync(join(home.dir, 'in-use.lock'))).toBe(false);
  await close();
});

test('a rehearsal that fails before the last share cancels its attempt', async () => {
  const { error, said, attempt, tokens, close } = await failing(refusing('/generate-root/update'));
  expect(error.message).toContain('out of order');
  expect(said).toContain('Taken back: The attempt was cancelled.');
  expect([attempt, tokens, homesLeft()]).toEqual([false, 1, []]);
  await close();
});

/**
 * At the second share, the last one, the connection dies; `after` deals with what the server is asked from
 * then on.
 */
function dyingAtLastShare(arrives: boolean, after: Intercept = () => false): Intercept {
  let shares = 0;
  return async (passing) => {
    if (!passing.request.url?.endsWith('/generate-root/update')) return shares >= 2 && after(passing);
    shares += 1;
    if (shares < 2) return false;
    if (arrives) await passing.forward();
    passing.response.destroy();
    return true;
  };
}

test('a rehearsal whose last answer was lost says so, and keeps the homes', async () => {
  const { error, attempt, tokens, close } = await failing(dyingAtLastShare(true));
  expect([attempt, tokens]).toEqual([false, 2]);
  expect(error.code).toBe('left-behind');
  const [kept = ''] = homesLeft();
  expect(error.message).toMatch(/a live root token of this rehearsal may be on the server that nobody holds/);
  expect(error.message).toContain(join(folder, kept));
  expect(existsSync(join(folder, kept, 'Officer'))).toBe(true);
  await close();
});

test('a rehearsal whose last answer was lost cancels the attempt where the server has it open still', async () => {
  // As after a panic at the last share (docs/server-facts.md, "A key that the server can't use").
  const { error, attempt, close } = await failing(
    dyingAtLastShare(false, async ({ request, response, forward }) => {
      if (request.method !== 'GET' || !request.url?.endsWith('/generate-root/attempt')) return false;
      const body = JSON.parse((await forward()).body) as object;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...body, progress: 0 }));
      return true;
    }),
  );
  expect(attempt).toBe(false);
  expect(error).toMatchObject({
    code: 'left-behind',
    message: expect.stringMatching(/The attempt was cancelled\..*that nobody holds.*homes of its players/s),
  });
  await close();
});

test.each([
  ['SIGINT', 'Attempt started'],
  ['SIGTERM', 'Share 2 released'],
  ['SIGINT', 'Token decoded'],
] as const)(
  'a rehearsal that is stopped by %s at “%s” takes back what it has begun',
  async (signal, title) => {
    const listeners = process.listenerCount(signal);
    const { error, said, attempt, tokens, close } = await failing(() => false, {
      at: (now) => {
        if (now === title) process.emit(signal, signal);
      },
    });
    expect(error).toMatchObject({ code: 'interrupted', message: expect.stringContaining(signal) });
    expect(said.at(-1)).toContain('Taken back');
    expect([attempt, tokens, homesLeft()]).toEqual([false, 1, []]);
    expect(process.listenerCount(signal)).toBe(listeners);
    await close();
  },
);

test('a server that needs more shares than a rehearsal seats custodians is left as it was, and the number is said', async () => {
  const server = await rehearsalServer({ shares: 29, threshold: 29 });
  const playing = rehearse({
    method: 'pgp',
    out: join(folder, 'out'),
    existing: { server: { address: server.address }, shares: [...server.shares] },
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
    version: '0.0.0',
    clock: () => new Date(),
    say: () => undefined,
  });
  await expect(playing).rejects.toMatchObject({
    code: 'too-many',
    message: 'A rehearsal seats 28 custodians at most, and this server needs 29 shares.',
  });
  expect([existsSync(join(folder, 'out')), homesLeft()]).toEqual([false, []]);
});

test('a rehearsal into whose folder somebody lays a file meanwhile is not called proven', async () => {
  const server = await rehearsalServer({ shares: 3, threshold: 2 });
  const proxy = await startProxy(server.address);
  const out = join(folder, 'out');
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) writeFileSync(join(out, 'notes.txt'), 'by hand');
    return false;
  };
  const sharesFile = join(folder, 'shares');
  writeFileSync(sharesFile, server.shares.join('\n'));
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const onServer = ['--server', proxy.address, '--shares-file', sharesFile];
    const { code, error } = await airlock(['rehearse', ...onServer, '--out', out, '--json']);
    expect([code, error]).toEqual([
      1,
      { code: 'not-verified', message: expect.stringMatching(/The transcript in .*out isn't proven: run/) },
    ]);
  } finally {
    printed.mockRestore();
    shown.mockRestore();
  }
});

test('an operation token of a rehearsal that fails is deleted on the secondary, and a recovery token is named', async () => {
  const failed = async (api: 'dr' | 'recovery', at: string) => {
    const server = await rehearsalServer({ shares: 3, threshold: 2, api });
    const said: string[] = [];
    const error: unknown = await rehearse({
      method: 'pgp',
      out: join(folder, api),
      existing: { server: { address: server.address }, shares: [...server.shares] },
      shares: 3,
      threshold: 2,
      version: '0.0.0',
      clock: () => new Date(),
      say: (title, detail) => {
        said.push(`${title}: ${detail}`);
        if (title === at) process.emit('SIGTERM', 'SIGTERM');
      },
    }).catch((reason: unknown) => reason);
    return { error, said };
  };
  const dr = await failed('dr', 'Token decoded');
  expect(dr.error).toMatchObject({ code: 'interrupted' });
  expect(dr.said.at(-1)).toBe('Taken back: The DR operation token was deleted, and seen to be deleted.');
  expect(homesLeft()).toEqual([]);

  const recovery = await failed('recovery', 'Waiting for the server');
  expect(recovery.said.at(-1)).toMatch(/^Waiting for the server: .* end the server, and start it as usual$/);
  expect(recovery.error).toMatchObject({
    code: 'left-behind',
    message: expect.stringMatching(
      /A recovery token of this rehearsal may be alive\. It cannot be revoked\./,
    ),
  });
});
