import type { ServerIdentity } from '../../shared/message/body';
import { type DialectName, type Found, findDialect } from './dialect';
import { OnlineError } from './online-error';
import { type Attempt, readAnswer, readHealth, readShares } from './server-answer';
import type { ServerClient } from './server-client';

/** What a server says of itself. */
export interface ServerFacts {
  readonly server: ServerIdentity;
  readonly standby: boolean;
  /** Shares that an attempt needs. */
  readonly threshold: number;
  readonly shares: number;
  /** 0 where the server names none: the UUID era. */
  readonly otpLength: number;
  readonly serverTime: Date;
  readonly attempt: Attempt;
  readonly dialect: DialectName;
  readonly tokenNeeded: boolean;
}

/** As `ServerFacts`, with what the next request needs. */
export interface Survey {
  readonly facts: ServerFacts;
  readonly found: Found;
}

/**
 * Asks a server for all that a ceremony has to know. Throws `OnlineError`: 'not-a-server', 'sealed', 'not-initialised',
 * 'no-clock', and those of `ServerClient` and `findDialect`.
 */
export async function surveyServer(client: ServerClient): Promise<Survey> {
  const { address } = client;
  const wholeServer = { wholeServer: true } as const;
  const healthAnswer = readAnswer(await client.request('GET', 'sys/health', wholeServer), address);
  const health = readHealth(healthAnswer, address);
  if (!health.initialized) {
    throw new OnlineError(
      'not-initialised',
      `The server at ${address} was never initialised: it has no shares yet. Check that this is the right server.`,
    );
  }
  if (health.sealed) {
    throw new OnlineError(
      'sealed',
      `The server at ${address} is sealed, so it can't make a token. Have it unsealed, then try again.`,
    );
  }
  const shares = readShares(readAnswer(await client.request('GET', 'sys/seal-status', wholeServer), address));
  const found = await findDialect(client);
  const { attempt, dialect } = found;
  const serverTime = found.date ?? healthAnswer.date ?? clockOf(health.server_time_utc);
  if (serverTime === null) {
    throw new OnlineError(
      'no-clock',
      `${address} doesn't tell its time, and a PGP key from its future would make it lose the token (a proxy may have removed the Date header). Reach the server without the proxy.`,
    );
  }
  return {
    found,
    facts: {
      server: {
        address,
        version: health.version,
        clusterId: health.cluster_id,
        clusterName: health.cluster_name,
      },
      standby: health.standby,
      threshold: attempt.required,
      shares: Math.max(shares?.shares ?? 0, attempt.required, 1),
      otpLength: attempt.otpLength,
      serverTime,
      attempt,
      dialect: dialect.name,
      tokenNeeded: dialect.token,
    },
  };
}

const clockOf = (seconds: number | undefined): Date | null =>
  seconds === undefined ? null : new Date(seconds * 1000);
