import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import { openHome } from '../../../../main/store/home';
import { createIdentity, identityMessage } from '../../../../main/store/identity';
import { addPerson } from '../../../../main/store/people';
import { parseWire, type SignedMessage, wireBytes } from '../../../../shared/message/wire';
import { UrReader } from '../../../../shared/qr/ur';
import { newStage, rehearsalServer, type Stage, shareMessage, startMessage } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { test as commandTest, PASSPHRASE } from '../fixtures';
import { madeMessage, openedAttempt } from '../printed';

/** These write to the journal, and so need the passphrase, whatever else they are given. */
const WRITING: ReadonlySet<string> = new Set(['cancel', 'revoke', 'use', 'note', 'sweep', 'token']);

interface Run {
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  readonly answers?: readonly string[];
}

export interface Station {
  readonly server: RehearsalServer;
  readonly stage: Stage;
  readonly dir: string;
  readonly home: string;
  /** Runs `airlock online ARGS` in that home, with the passphrase where the command needs it. */
  readonly run: (args: string[], more?: Run) => ReturnType<typeof airlock>;
  readonly signing: readonly string[];
}

export const test = commandTest.extend<{
  /** The stage's first operator, with a real home under a passphrase, as the command line finds it. */
  station: Station;
}>({
  station: async ({ folder: dir, home, passphraseFile }, use) => {
    const server = await rehearsalServer({ shares: 3, threshold: 2 });
    const staged = await newStage({ address: server.address });
    const opened = openHome(home);
    const identity = await createIdentity(opened, {
      name: 'Nora',
      role: 'operator',
      station: 'Station N',
      passphrase: PASSPHRASE,
      now: new Date(),
    });
    for (const other of [staged.officer, ...staged.custodians]) {
      await addPerson(opened, await identityMessage(other, new Date()), new Date());
    }
    const stage: Stage = {
      ...staged,
      operators: [{ ...staged.operators[0], home: opened, identity }, staged.operators[1]],
    };
    const signing = ['--passphrase-file', passphraseFile];
    const run = (args: string[], more: Run = {}) =>
      airlock(['online', ...args, ...(WRITING.has(args[0] ?? '') ? signing : []), '--home', home], {
        ...more,
        env: { VAULT_ADDR: server.address, ...more.env },
      });
    await use({ server, stage, dir, home, run, signing });
  },
});

export function messageOf<T extends 'station' | 'attempt' | 'result'>(ur: string, type: T): SignedMessage<T> {
  const received = new UrReader().receive(ur);
  if (received.status !== 'complete') throw new Error('not whole');
  const message = parseWire(received.bytes);
  if (message.envelope.type !== type) throw new Error(message.envelope.type);
  return message as SignedMessage<T>;
}

/** An attempt that is open at the station, with share messages of as many custodians as there are shares. */
export async function opened(at: Station) {
  const { server, stage, dir, run, signing } = at;
  const status = await run(['status', ...signing, '--out', join(dir, 'station.ur'), '--json']);
  const start = await startMessage(stage, messageOf(status.as(madeMessage).message.ur, 'station'));
  writeFileSync(join(dir, 'start'), wireBytes(start));
  const started = await run(['start', ...signing, '--message', join(dir, 'start'), '--json']);
  const attempt = messageOf(started.as(madeMessage).message.ur, 'attempt');
  const shares = await Promise.all(
    server.shares.map(async (share, i) => {
      const path = join(dir, `${started.as(openedAttempt).ceremony}-${i}`);
      const message = await shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt, share);
      writeFileSync(path, wireBytes(message));
      return { path, message };
    }),
  );
  return { start, ceremony: started.as(openedAttempt).ceremony, shares };
}
