import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHex } from '../../shared/bytes';
import type { TokenFormat } from '../../shared/token/root-token';
import { Seal } from './attempt/seal';
import { closeCore, createCore } from './core';
import { type ApiName, GENERATIONS, type Generation } from './generation';
import { inTurn } from './http/exchange';
import { parseListenAddress } from './http/listen-address';
import { RehearsalError } from './rehearsal-error';
import { otpLengthOf } from './token/format';

export interface RehearsalOptions {
  /** `HOST:PORT` on loopback; port 0 picks a free one. */
  readonly listen: string;
  readonly shares: number;
  readonly threshold: number;
  /** Which servers it behaves as; `vault` where nothing is said. */
  readonly api?: ApiName;
  /** As that generation has them, where nothing is said. */
  readonly tokenFormat?: TokenFormat;
  /** What the server calls itself; as a rule that it is a rehearsal. */
  readonly clusterName?: string;
}

export interface RehearsalServer {
  /** `http://HOST:PORT`. */
  readonly address: string;
  /** Hex. */
  readonly shares: readonly string[];
  readonly threshold: number;
  readonly api: ApiName;
  /** The token that initialization gave; '' on a server where no such token works. */
  readonly rootToken: string;
  /** Whether an attempt can only be made with a token, such as `rootToken`. */
  readonly wantsToken: boolean;
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
 * Starts a server that behaves in a root-token ceremony as a generation of real ones does: initialized,
 * unsealed, in memory only.
 *
 * Throws `RehearsalError`.
 */
export async function startRehearsalServer(options: RehearsalOptions): Promise<RehearsalServer> {
  const api = options.api ?? 'vault';
  const generation: Generation = GENERATIONS[api];
  const listen = parseListenAddress(options.listen);
  const tokenFormat = fittingFormat(api, generation, options.tokenFormat);
  const seal = await Seal.create(options.shares, options.threshold);
  const clusterName = options.clusterName ?? 'airlock-rehearsal';
  const core = createCore({ generation, seal, tokenFormat, clusterName });
  const server = createServer(inTurn(core));
  server.keepAliveTimeout = IDLE_MS;
  const port = await listening(server, listen.host, listen.port);
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  return {
    address: `http://${host}:${port}`,
    api,
    shares: seal.shares.map(toHex),
    threshold: seal.threshold,
    rootToken: generation.elsewhere === 'tokens' ? core.tokens.createRoot() : '',
    wantsToken: generation.doors.every(({ wantsToken }) => wantsToken),
    otpLength: otpLengthOf(tokenFormat),
    close: () =>
      new Promise((resolve) => {
        closeCore(core);
        seal.wipe();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Throws `RehearsalError` 'bad-token-format' where such servers make no tokens of that form. */
function fittingFormat(api: ApiName, { tokenFormats, tokenFormat }: Generation, asked?: TokenFormat) {
  const format = asked ?? tokenFormat;
  if (tokenFormats.includes(format)) return format;
  throw new RehearsalError(
    'bad-token-format',
    `Servers of “${api}” make no tokens of the format “${format}”. Choose ${tokenFormats.join(', ')}, or leave the format out.`,
  );
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
