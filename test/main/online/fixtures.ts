import { test as base, expect } from 'vitest';
import type { AttemptResult } from '../../../main/online/attempt/record';
import type { SubmitResult } from '../../../main/online/share/submit';
import type { RehearsalOptions, RehearsalServer } from '../../../main/rehearsal/server';
import type { Body } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Otp } from '../../../shared/token/otp';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { startProxy } from './proxy';
import {
  newStage,
  otpStartMessage,
  type Player,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
} from './stage';

interface Fixtures {
  /** How many shares there are, and how many an attempt needs: `test.override` sets another number. */
  readonly shape: Partial<RehearsalOptions>;
  readonly server: RehearsalServer;
  /**
   * Stands between the stations and the server, and passes everything on as long as the test doesn't
   * intercept.
   */
  readonly proxy: Awaited<ReturnType<typeof startProxy>>;
  /** Whose station takes which custodian's share, as `rosterOf` wants it: all go to the first one's. */
  readonly stations: Stage['stations'];
  /** The cast: officer, custodians and two operators at their stations. */
  readonly stage: Stage;
  /** The first operator, and the second. */
  readonly operator: Player;
  readonly other: Player;
  /** An attempt that the first operator started with the officer's start message. */
  readonly started: { readonly start: SignedMessage<'start'>; readonly attempt: AttemptResult };
  /** The officer's start message with a one-time password, for the first operator's station. */
  readonly otpStart: (
    plan?: Partial<Body<'start'>>,
  ) => Promise<{ readonly message: SignedMessage<'start'>; readonly otp: Otp }>;
  /** The file of the sealing key that shares of `started` are sealed to. */
  readonly secret: string;
  /**
   * The share message of the custodian with that number, for an attempt message: that of `started`, or
   * another.
   */
  readonly shareOf: (i: number, attempt?: SignedMessage<'attempt'>) => Promise<SignedMessage<'share'>>;
  /** Gives that custodian's share at the first operator's station. */
  readonly give: (i: number) => Promise<SubmitResult>;
  /** Expects that the PGP key of the ceremony opens a root token of this server's from a result message. */
  readonly tokenWorks: (result: SignedMessage<'result'> | null) => Promise<void>;
}

/** A test of the online station, with what it names of a server, its people and an attempt. */
export const test = base.extend<Fixtures>({
  shape: { shares: 5, threshold: 3 },
  server: async ({ shape }, use) => use(await rehearsalServer(shape)),
  proxy: async ({ server }, use) => use(await startProxy(server.address)),
  stations: [],
  stage: async ({ proxy, stations }, use) =>
    use(Object.assign(await newStage({ address: proxy.address }), { stations })),
  operator: async ({ stage }, use) => use(stage.operators[0]),
  other: async ({ stage }, use) => use(stage.operators[1]),
  started: async ({ stage }, use) => use(await startedAttempt(stage)),
  otpStart: async ({ stage, operator }, use) =>
    use(async (plan) => otpStartMessage(stage, (await operator.station.status()).message, plan)),
  secret: async ({ operator, started }, use) => use(operator.home.ceremony(started.attempt.ceremony).secret),
  shareOf: async ({ stage, server, started }, use) =>
    use((i, attempt = started.attempt.message) =>
      shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt, server.shares[i] ?? ''),
    ),
  give: async ({ operator, shareOf }, use) => use(async (i) => operator.station.submit(await shareOf(i))),
  tokenWorks: async ({ stage, operator }, use) =>
    use(async (result) => {
      const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
      expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
    }),
});
