import { test as base } from 'vitest';
import type { AttemptResult } from '../../../main/online/attempt/record';
import type { SubmitResult } from '../../../main/online/share/submit';
import type { RehearsalServer } from '../../../main/rehearsal/server';
import type { SignedMessage } from '../../../shared/message/wire';
import { startProxy } from './proxy';
import { newStage, type Player, rehearsalServer, type Stage, shareMessage, startedAttempt } from './stage';

interface Fixtures {
  /** How many shares there are, and how many an attempt needs: `test.override` sets another number. */
  readonly shape: { readonly shares: number; readonly threshold: number };
  readonly server: RehearsalServer;
  /**
   * Stands between the stations and the server, and passes everything on as long as the test doesn't
   * intercept.
   */
  readonly proxy: Awaited<ReturnType<typeof startProxy>>;
  /** The cast: officer, custodians and two operators at their stations. */
  readonly stage: Stage;
  /** The first operator. */
  readonly operator: Player;
  /** An attempt that the first operator started with the officer's start message. */
  readonly started: { readonly start: SignedMessage<'start'>; readonly attempt: AttemptResult };
  /** The file of the sealing key that shares of `started` are sealed to. */
  readonly secret: string;
  /**
   * The share message of the custodian with that number, for an attempt message: that of `started`, or
   * another.
   */
  readonly shareOf: (i: number, attempt?: SignedMessage<'attempt'>) => Promise<SignedMessage<'share'>>;
  /** Gives that custodian's share at the first operator's station. */
  readonly give: (i: number) => Promise<SubmitResult>;
}

/** A test of the online station, with what it names of a server, its people and an attempt. */
export const test = base.extend<Fixtures>({
  shape: { shares: 5, threshold: 3 },
  server: async ({ shape }, use) => use(await rehearsalServer(shape)),
  proxy: async ({ server }, use) => use(await startProxy(server.address)),
  stage: async ({ proxy }, use) => use(await newStage({ address: proxy.address })),
  operator: async ({ stage }, use) => use(stage.operators[0]),
  started: async ({ stage }, use) => use(await startedAttempt(stage)),
  secret: async ({ operator, started }, use) => use(operator.home.ceremony(started.attempt.ceremony).secret),
  shareOf: async ({ stage, server, started }, use) =>
    use((i, attempt = started.attempt.message) =>
      shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt, server.shares[i] ?? ''),
    ),
  give: async ({ operator, shareOf }, use) => use(async (i) => operator.station.submit(await shareOf(i))),
});
