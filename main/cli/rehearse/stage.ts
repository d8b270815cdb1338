import { setTimeout as sleep } from 'node:timers/promises';
import { ServerClient } from '../../online/server/client';
import type { ServerOptions } from '../../online/server/environment';
import { askHealth } from '../../online/server/health';
import { ServerError } from '../../online/server/server-error';
import { type ApiName, GENERATIONS } from '../../rehearsal/generation';
import { startRehearsalServer } from '../../rehearsal/server';
import type { RehearsalOptions } from './rehearsal';
import { stepFailed } from './rehearse-error';

/** The server of a rehearsal, and what ends it. */
export interface Stage {
  readonly server: ServerOptions;
  readonly shares: readonly string[];
  /**
   * Has a server in recovery mode run as usual again: the embedded one is started anew, and somebody has to
   * do that with another one. `check` throws once nobody waits for it any more.
   */
  startAsUsual(check: () => void): Promise<void>;
  close(): Promise<void>;
}

type StageOptions = Pick<
  RehearsalOptions,
  'existing' | 'shares' | 'threshold' | 'api' | 'tokenFormat' | 'say'
>;

/** Starts the embedded server, or takes the one that is there. Throws `RehearsalError`. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { existing, say } = options;
  if (existing === null) return openEmbedded(options);
  say('Server', existing.server.address);
  return {
    ...existing,
    startAsUsual: (check) => {
      say(
        'Waiting for the server',
        'a recovery token ends with recovery mode: end the server, and start it as usual',
      );
      return usualAgain(existing.server, check);
    },
    close: async () => undefined,
  };
}

async function openEmbedded({ shares, threshold, api, tokenFormat, say }: StageOptions): Promise<Stage> {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares,
    threshold,
    ...(api === undefined ? {} : { api }),
    ...(tokenFormat === undefined ? {} : { tokenFormat }),
  });
  say(
    'Rehearsal server',
    `${server.address}, ${threshold} of ${shares} shares, like ${GENERATIONS[server.api].like}`,
  );
  const { address, wantsToken, rootToken } = server;
  let running = server;
  return {
    server: { address, ...(wantsToken ? { token: rootToken } : {}) },
    shares: server.shares,
    startAsUsual: async () => {
      await running.close();
      running = await startRehearsalServer({ listen: new URL(address).host, shares, threshold, api: USUAL });
      say('Server started as usual', `${running.address}, like ${GENERATIONS[USUAL].like}`);
    },
    close: () => running.close(),
  };
}

/** As what a server in recovery mode runs afterwards. */
const USUAL: ApiName = 'openbao';

const LONGEST_WAIT_MS = 15 * 60_000;

/** Waits for a server that was in recovery mode to run as usual. Throws `RehearseError` 'step-failed'. */
async function usualAgain(options: ServerOptions, check: () => void): Promise<void> {
  const client = new ServerClient(options);
  const until = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < until) {
    check();
    try {
      if ((await askHealth(client)).health.mode !== 'recovery') return;
    } catch (error) {
      // It is down for a moment, or sealed still, or just about to answer.
      if (!(error instanceof ServerError)) throw error;
    }
    await sleep(1000);
  }
  throw stepFailed(
    'the server was not started as usual, and its recovery token ends only with recovery mode',
  );
}
