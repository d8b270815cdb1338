import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHex } from '../../shared/bytes';
import type { TokenFormat } from '../../shared/token/root-token';
import { Attempt } from './attempt';
import { Cluster } from './cluster';
import { inTurn } from './exchange';
import { parseListenAddress } from './listen-address';
import { RehearsalError } from './rehearsal-error';
import { Seal } from './seal';
import { otpLengthOf } from './token-format';
import { TokenStore } from './token-store';

export interface RehearsalOptions {
  /** `HOST:PORT` on loopback; port 0 picks a free one. */
  readonly listen: string;
  readonly shares: number;
  readonly threshold: number;
  readonly tokenFormat: TokenFormat;
  /** What the server calls itself; as a rule that it is a rehearsal. */
  readonly clusterName?: string;
}

export interface RehearsalServer {
  /** `http://HOST:PORT`. */
  readonly address: string;
  /** Hex. */
  readonly shares: readonly string[];
  readonly threshold: number;
  /** The token that initialization gave. */
  readonly rootToken: string;
  /** What the server says as `otp_length`; 0 where it is of the UUID era and says nothing. */
  readonly otpLength: number;
  /** Stops serving, cuts the connections and forgets every secret. */
  close(): Promise<void>;
}

/**
 * As long as Vault's listener (`IdleTimeout` in `command/server.go`): shares may come minutes apart on one
 * connection.
 */
const IDLE_MS = 5 * 60 * 1000;

/**
 * Starts a server with the API of Vault 1.21 for root-token ceremonies: initialized, unsealed, in memory
 * only.
 *
 * Throws `RehearsalError`.
 */
export async function startRehearsalServer(options: RehearsalOptions): Promise<RehearsalServer> {
  const listen = parseListenAddress(options.listen);
  const seal = await Seal.create(options.shares, options.threshold);
  const tokens = new TokenStore(options.tokenFormat);
  const otpLength = otpLengthOf(options.tokenFormat);
  const attempt = new Attempt(seal, otpLength, () => tokens.createRoot());
  const cluster = new Cluster(options.clusterName ?? 'airlock-rehearsal', seal);
  const server = createServer(inTurn({ cluster, attempt, tokens }));
  server.keepAliveTimeout = IDLE_MS;
  const port = await listening(server, listen.host, listen.port);
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  return {
    address: `http://${host}:${port}`,
    shares: seal.shares.map(toHex),
    threshold: seal.threshold,
    rootToken: tokens.createRoot(),
    otpLength,
    close: () =>
      new Promise((resolve) => {
        attempt.cancel();
        tokens.clear();
        seal.wipe();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE'
          ? 'something else is listening there already. Choose another port, or 0 for a free one'
          : cause.message;
      reject(new RehearsalError('cannot-listen', `Cannot listen on ${host}:${port}: ${reason}.`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
