import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OnlineStation } from '../../main/online/online-station';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { addPerson } from '../../main/store/people';
import { asciiBytes, toHex } from '../../shared/bytes';
import { wireBytes } from '../../shared/message/wire';
import { urText } from '../../shared/qr/ur';
import { newFolder, newStage, rehearsalServer, type Stage } from '../main/online/stage';
import { finishedAttempt, handoffMessage, opsToken } from '../main/online/task/handed';

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const PASSPHRASE = 'correct horse battery';

const work = z.object({
  tasks: z.array(z.object({ stand: z.object({ kind: z.string() }) })),
  next: z.object({ kind: z.string(), why: z.string().optional() }),
  proof: z.string().nullable(),
});
const accessors = z.object({ data: z.object({ keys: z.array(z.string()) }) });
const line = z.object({ event: z.string() });

/** A station that has made a result with tasks in its plan, in a home under a passphrase. */
async function finishedStation() {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const staged = await newStage({ address: server.address });
  const home = openHome(newFolder());
  const identity = await createIdentity(home, {
    name: 'Otto',
    role: 'operator',
    station: 'Station A',
    passphrase: PASSPHRASE,
    now: new Date(),
  });
  for (const other of [staged.officer, ...staged.custodians])
    await addPerson(home, await identityMessage(other, new Date()), new Date());
  const station = new OnlineStation({ home, identity, server: { address: server.address } });
  const stage: Stage = { ...staged, operators: [{ home, identity, station }, staged.operators[1]] };
  const result = await finishedAttempt(stage, server.shares, [
    opsToken(stage.custodians[0]?.fingerprint),
    { task: 'list-root-tokens' },
    { task: 'revoke-self' },
  ]);
  return { stage, home, result };
}

/** When the program is killed: at the line of that number that it writes to the ceremony's journal. */
interface Kill {
  readonly line: number;
  readonly when: 'before' | 'within' | 'after';
}

/** Kills the process that it is loaded into, as nothing can that the process itself might notice. */
const killer = (journal: string, { line: at, when }: Kill): string => `
  const fs = require('node:fs');
  const { openSync, writeSync, fsyncSync } = fs;
  let descriptor = null;
  let lines = 0;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  };
  fs.openSync = (path, flags, ...rest) => {
    const opened = openSync(path, flags, ...rest);
    if (path === ${JSON.stringify(journal)} && flags === 'a') descriptor = opened;
    else if (opened === descriptor) descriptor = null;
    return opened;
  };
  fs.writeSync = (to, bytes, ...rest) => {
    if (to !== descriptor) return writeSync(to, bytes, ...rest);
    lines += 1;
    if (lines !== ${at}) return writeSync(to, bytes, ...rest);
    if (${when === 'within'}) writeSync(to, bytes.subarray(0, 60));
    if (${when !== 'after'}) die();
    return writeSync(to, bytes, ...rest);
  };
  fs.fsyncSync = (of) => {
    fsyncSync(of);
    if (of === descriptor && lines === ${at} && ${when === 'after'}) die();
  };
`;

type Finished = Awaited<ReturnType<typeof finishedStation>>;

/** A copy of that station, to which the root token of a server of its own is handed over. */
async function handedOver({ stage, home, result }: Finished) {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const dir = newFolder();
  const copy = join(dir, 'home');
  cpSync(home.dir, copy, { recursive: true });
  const handoff = join(dir, 'handoff.ur');
  writeFileSync(join(dir, 'passphrase'), `${PASSPHRASE}\n`);
  writeFileSync(
    handoff,
    urText(wireBytes(await handoffMessage(stage, result, asciiBytes(server.rootToken)))),
  );
  const journal = openHome(copy).ceremony(toHex(stage.ceremony)).journal;
  const before = readFileSync(journal, 'utf8').split('\n').length;
  const signing = ['--home', copy, '--passphrase-file', join(dir, 'passphrase'), '--json'];
  const env = { ...process.env, VAULT_ADDR: server.address };
  const airlock = (args: readonly string[], node: readonly string[] = []) =>
    run(process.execPath, [...node, program, 'online', ...args, ...signing], { env });
  return {
    take: (node: readonly string[] = []) => airlock(['handoff', '--message', handoff], node),
    tasks: (how: readonly string[], node: readonly string[] = []) => airlock(['tasks', ...how], node),
    killer: (kill: Kill): string[] => {
      const file = join(dir, 'killer.cjs');
      writeFileSync(file, killer(journal, kill));
      return ['--require', file];
    },
    events: () =>
      readFileSync(journal, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(before - 1)
        .map((text) => line.parse(JSON.parse(text)).event),
    /** What stays on the server: whether the token lives, and how many other tokens there are. */
    left: async (): Promise<string> => {
      const look = async (path: string) =>
        fetch(`${server.address}/v1/${path}`, { headers: { 'X-Vault-Token': server.rootToken } });
      const self = await look('auth/token/lookup-self');
      return self.ok
        ? `alive beside ${accessors.parse(await (await look('auth/token/accessors?list=true')).json()).data.keys.length - 1}`
        : 'dead';
    },
  };
}

type Handed = Awaited<ReturnType<typeof handedOver>>;

/** The same commands again, as their answers say, until the outcome is there. */
async function toItsEnd(handed: Handed, isTaken = false): Promise<string> {
  if (!isTaken) await handed.take();
  let how = ['--run'];
  for (let i = 0; i < 5; i++) {
    const done = work.parse(JSON.parse((await handed.tasks(how)).stdout));
    if (done.next.kind === 'over')
      return JSON.stringify([done.tasks.map(({ stand }) => stand.kind), done.proof, await handed.left()]);
    how = done.next.why === 'unknown' ? ['--again'] : ['--run'];
  }
  throw new Error('it came to no end');
}

const killed = expect.objectContaining({ signal: 'SIGKILL' });

test('a program that is killed at any line of a handoff comes to the same end by the same commands', async () => {
  const finished = await finishedStation();
  const whole = await handedOver(finished);
  const end = await toItsEnd(whole);
  const events = whole.events();
  expect(events).toEqual([
    'message-received',
    'token-opened',
    'task-intent',
    'task-done',
    'task-intent',
    'task-done',
    'revoke-intent',
    'token-revoked',
    'message-sent',
    'secret-destroyed',
  ]);
  expect(end).toMatch(/^\[\["done","done"\],"auth\/token\/lookup-self answers 403: .*","dead"\]$/);
  const kills = events.flatMap((event, i) =>
    (['before', 'within', 'after'] as const)
      .filter((when) => when !== 'within' || TORN.has(event))
      .map((when) => ({ event, at: i, when })),
  );
  /** Lines that the first of the two commands writes. */
  const taking = 2;
  await eachOf(kills, async ({ event, at, when }) => {
    const handed = await handedOver(finished);
    const line = at < taking ? at + 1 : at - taking + 1;
    const node = handed.killer({ line, when });
    if (at >= taking) await handed.take();
    const dying = at < taking ? handed.take(node) : handed.tasks(['--run'], node);
    await expect(dying, `${when} ${event}, line ${at + 1}`).rejects.toEqual(killed);
    expect([when, event, at, await toItsEnd(handed, at >= taking)]).toEqual([when, event, at, end]);
    // What is on record is the same, but for what was asked or done again, and for a torn line.
    const seen = new Set(handed.events());
    expect([when, event, at, [...seen].filter((name) => !REPEATED.has(name))]).toEqual([
      when,
      event,
      at,
      [...new Set(events)],
    ]);
  });
}, 1_200_000);

/** Outcomes: whether what a torn line told of has happened, the server is asked. */
const TORN: ReadonlySet<string> = new Set(['task-done', 'token-revoked']);

const REPEATED: ReadonlySet<string> = new Set(['task-unknown', 'exception']);

/** Two at a time: most of the time goes into waiting for a process. */
async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const toCome = all.values();
  const worker = async (): Promise<void> => {
    for (const one of toCome) await work(one);
  };
  await Promise.all([worker(), worker()]);
}

test('a reader that goes away leaves no task half done: the token is dead, and the outcome is there', async () => {
  const handed = await handedOver(await finishedStation());
  await handed.take();
  // As `| head -0` does: nobody reads what it prints.
  const file = join(newFolder(), 'deaf.cjs');
  writeFileSync(
    file,
    `process.stdout._write = (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));`,
  );
  const { stdout } = await handed.tasks(['--run'], ['--require', file]);
  expect(stdout).toBe('');
  expect(await handed.left()).toBe('dead');
  expect(handed.events().slice(-2)).toEqual(['message-sent', 'secret-destroyed']);
  expect(work.parse(JSON.parse((await handed.tasks([])).stdout)).next.kind).toBe('over');
});
