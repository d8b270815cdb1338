import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openHome } from '../../../../main/store/home';
import { createIdentity } from '../../../../main/store/identity';
import { asciiText } from '../../../../shared/bytes';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { eventWords } from '../../../../shared/transcript/event-words';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { airlock } from '../fake-terminal';
import { PASSPHRASE } from '../fixtures';
import { finishedAttempt } from '../printed';
import { opened, test } from './station';

const linesIn = (path: string) => parseJournal(new Uint8Array(readFileSync(path))).map(({ line }) => line);

const ceremonyLines = (home: string, ceremony: string) =>
  linesIn(join(home, 'ceremonies', ceremony, 'journal.jsonl'));

test('what the token was used for goes on record by a person’s word, with its accessor where the server said it', async ({
  station: at,
}) => {
  const { run, dir, home, signing, server } = at;
  const { ceremony, shares } = await opened(at);
  const paths = shares.slice(0, 2).map(({ path }) => path);
  const last = await run(['submit', ...signing, '--message', ...paths, '--json']);
  const token = await openPgpToken(last.as(finishedAttempt).encodedToken, at.stage.key.privateKey);
  const tokenFile = join(dir, 'token');
  writeFileSync(tokenFile, asciiText(token.bytes));

  // No server is asked for a person's word.
  const said = await run(['use', 'Mounted the transit engine', '--json'], { env: { VAULT_ADDR: '' } });
  expect(said.json).toMatchObject({ recorded: 'token-used', ceremony });
  const used = await run(['use', '  Wrote two policies ', '--token-file', tokenFile]);
  expect(used.code).toBe(0);
  expect(used.out).not.toContain(asciiText(token.bytes));
  const asked = (await (
    await fetch(`${server.address}/v1/auth/token/lookup-self`, {
      headers: { 'X-Vault-Token': asciiText(token.bytes) },
    })
  ).json()) as { data: { accessor: string } };
  expect(ceremonyLines(home, ceremony).filter(({ event }) => event === 'token-used')).toMatchObject([
    { data: { what: 'Mounted the transit engine' } },
    { data: { what: 'Wrote two policies', accessor: asked.data.accessor } },
  ]);

  writeFileSync(tokenFile, 'hvs.nobodyknowsthisoneatall00');
  const unknown = await run(['use', 'Nothing', '--token-file', tokenFile, '--json']);
  expect(unknown.error.code).toBe('unknown-token');
  expect(ceremonyLines(home, ceremony).filter(({ event }) => event === 'token-used')).toHaveLength(2);
}, 60_000);

test('a note is no exception unless it is said to be one, and both stand in the open ceremony', async ({
  station: at,
}) => {
  const { run, home } = at;
  const { ceremony } = await opened(at);
  expect((await run(['note', 'The second custodian came late'])).out).toMatch(/Noted +The second/);
  expect((await run(['note', 'The camera failed', '--exception', '--json'])).json).toMatchObject({
    recorded: 'exception',
    ceremony,
  });
  const [note, exception] = ceremonyLines(home, ceremony).slice(-2);
  expect(note).toMatchObject({ event: 'note', data: { text: 'The second custodian came late' } });
  expect(exception).toMatchObject({ event: 'exception', data: { text: 'The camera failed' } });
  expect([note, exception].map((line) => line && eventWords(line).alarm)).toEqual([false, true]);
}, 60_000);

test('no secret, no empty sentence and none that would be cut goes on record', async ({ station: at }) => {
  const { run, home, server } = at;
  const { ceremony } = await opened(at);
  const before = ceremonyLines(home, ceremony).length;
  const cases: [string[], string, number][] = [
    [['note', `it was hvs.${'a'.repeat(24)}`], 'secret-in-statement', 1],
    [['use', `share ${server.shares[0] ?? ''}`], 'secret-in-statement', 1],
    [['note', ' \n '], 'statement-unfit', 2],
    [['note', 'n'.repeat(1001)], 'statement-unfit', 2],
    [['note', 'n'.repeat(1001), '--exception'], 'statement-unfit', 2],
    [['use', 'u'.repeat(301)], 'statement-unfit', 2],
    [['use'], 'usage', 2],
    [['note'], 'usage', 2],
  ];
  for (const [args, code, exit] of cases) {
    const refused = await run([...args, '--json']);
    expect([args[0], refused.error.code, refused.code]).toEqual([args[0], code, exit]);
    expect(refused.err).not.toMatch(/hvs\.a/);
    expect(refused.err).not.toContain(server.shares[0]);
  }
  expect(ceremonyLines(home, ceremony)).toHaveLength(before);
  for (const args of [
    ['note', 'n'.repeat(1000)],
    ['note', 'e'.repeat(1000), '--exception'],
    ['use', 'u'.repeat(300)],
  ])
    expect((await run(args)).code).toBe(0);
  expect(ceremonyLines(home, ceremony).slice(-3)).toMatchObject([
    { data: { text: 'n'.repeat(1000) } },
    { data: { text: 'e'.repeat(1000) } },
    { data: { what: 'u'.repeat(300) } },
  ]);
}, 60_000);

test('a transcript that is signed off takes a line only where that is wanted', async ({ station: at }) => {
  const { run, home, signing } = at;
  const { ceremony } = await opened(at);
  await run(['cancel', '--ceremony', ceremony]);
  const signOff = ['transcript', 'sign-off', '--home', home, ...signing];
  expect((await airlock(signOff)).code).toBe(0);
  const before = ceremonyLines(home, ceremony).length;
  for (const args of [
    ['note', 'Too late'],
    ['use', 'Too late'],
  ])
    expect((await run([...args, '--json'])).error.code).toBe('signed-off');
  expect(ceremonyLines(home, ceremony)).toHaveLength(before);
  expect((await run(['note', 'Late', '--again'])).code).toBe(0);
  // It is void now, so one more line changes nothing.
  expect((await run(['note', 'Later'])).code).toBe(0);
  expect(ceremonyLines(home, ceremony)).toHaveLength(before + 2);
}, 60_000);

test('a use without any ceremony is in the journal of the home, and a note has no place there', async ({
  station: { run, home },
}) => {
  expect((await run(['use', 'Looked at the mounts', '--json'])).json).toMatchObject({ ceremony: null });
  expect(linesIn(openHome(home).journal()).at(-1)).toMatchObject({
    event: 'token-used',
    data: { what: 'Looked at the mounts' },
  });
  expect((await run(['note', 'Nothing yet', '--json'])).error.code).toBe('no-ceremony');
}, 60_000);

test('only an operator’s station takes a note, and only with the passphrase', async ({
  station: { home },
  at,
  passphraseFile,
}) => {
  const laptop = openHome(at('laptop'));
  await createIdentity(laptop, { name: 'Cora', role: 'custodian', passphrase: PASSPHRASE, now: new Date() });
  const refused = await airlock([
    'online',
    'note',
    'Hello',
    '--home',
    laptop.dir,
    '--passphrase-file',
    passphraseFile,
    '--json',
  ]);
  expect(refused.error.code).toBe('wrong-role');
  const locked = await airlock(['online', 'note', 'Hello', '--home', home, '--json']);
  expect(locked.error.code).toBe('no-passphrase');
}, 60_000);
