import type { Product } from '../../../shared/ceremony/server-support';
import type { ServerIdentity } from '../../../shared/message/body';
import type { TokenKind } from '../../../shared/token/token-kind';
import { nonceWords } from '../../../shared/words';
import { type Attempt, readAnswer, readSeal } from './answer';
import type { ServerClient } from './client';
import { type Found, findDialect } from './dialect';
import { askHealth, identityOf } from './health';
import { refuseOtherServer } from './known-server';
import { type Dialect, requestSealStatus } from './requests';
import { ServerError } from './server-error';

/** What a server says of itself. */
export interface ServerFacts {
  readonly server: ServerIdentity;
  readonly product: Product;
  readonly standby: boolean;
  /** Shares that an attempt needs. */
  readonly threshold: number;
  /** How many there are; as many as are needed, where the server doesn't tell. */
  readonly shares: number;
  /** 0 where the server names none: the UUID era. */
  readonly otpLength: number;
  readonly serverTime: Date;
  readonly attempt: Attempt;
  readonly dialect: Dialect['name'];
  readonly tokenNeeded: boolean;
  /** What it makes of shares, by the mode that it runs in. */
  readonly tokenKind: TokenKind;
}

/** As `ServerFacts`, with what the next request needs. */
export interface Survey {
  readonly facts: ServerFacts;
  readonly found: Found;
}

/**
 * Asks a server for all that a ceremony has to know. `known`: the server of the attempt that it is asked
 * about; another one isn't asked any further. Throws `ServerError`: 'other-server', 'not-a-server', 'sealed',
 * 'not-initialised', 'no-clock', and those of `ServerClient` and `findDialect`.
 */
export async function surveyServer(client: ServerClient, known?: ServerIdentity): Promise<Survey> {
  const { address } = client;
  const { health, date } = await askHealth(client);
  if (known !== undefined) refuseOtherServer(known, identityOf(client, health), health.standby);
  const seal =
    health.mode === 'recovery' ? null : readSeal(readAnswer(await requestSealStatus(client), address));
  const found = await findDialect(client, health.mode);
  const { attempt, dialect } = found;
  const serverTime = found.date ?? date ?? clockOf(health.server_time_utc);
  if (serverTime === null) {
    throw new ServerError(
      'no-clock',
      `${address} doesn't tell its time, and a PGP key from its future would make it lose the token (a proxy may have removed the Date header). Reach the server without the proxy.`,
    );
  }
  return {
    found,
    facts: {
      server: identityOf(client, health, seal),
      product: health.product,
      standby: health.standby,
      threshold: attempt.required,
      shares: Math.max(seal?.shares ?? 0, attempt.required, 1),
      otpLength: attempt.otpLength,
      serverTime,
      attempt,
      dialect: dialect.name,
      tokenNeeded: dialect.token,
      tokenKind: dialect.kind,
    },
  };
}

/** The attempt that is open on a server, as people are told of it; null where there is none. */
export const openAttempt = ({ attempt }: ServerFacts) =>
  attempt.open
    ? {
        nonce: attempt.nonce,
        words: nonceWords(attempt.nonce),
        progress: attempt.progress,
        required: attempt.required,
        pgpFingerprint: attempt.pgpFingerprint,
      }
    : null;

const clockOf = (seconds: number | undefined): Date | null =>
  seconds === undefined ? null : new Date(seconds * 1000);
