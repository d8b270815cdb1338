import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHex } from '../../shared/bytes';
import type { TokenFormat } from '../../shared/token/root-token';
import { Attempt } from './attempt';
import { Cluster } from './cluster';
import { checkJson } from './json-limits';
import { parseListenAddress } from './listen-address';
import { RehearsalError } from './rehearsal-error';
import { ConnectionLost, Refusal, type Reply } from './reply';
import { type Core, route } from './router';
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

const MAX_BODY = 32 * 1024 * 1024;

/**
 * Starts a server with the API of Vault 1.21 for root-token ceremonies: initialized, unsealed, in memory only.
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

/** Handles requests one after another: an attempt must not change while a share of it is being looked at. */
function inTurn(core: Core) {
  let before: Promise<void> = Promise.resolve();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request);
      before = before.catch(() => undefined).then(() => respond(core, request, response, body));
      await before;
    } catch {
      response.destroy();
    }
  };
}

async function respond(core: Core, request: IncomingMessage, response: ServerResponse, body: string | null) {
  let reply: Reply;
  try {
    if (body === null) throw new Refusal(413, 'http: request body too large');
    checkJson(body);
    reply = await route(core, {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://rehearsal'),
      token: tokenOf(request),
      contentType: request.headers['content-type'] ?? '',
      body,
    });
  } catch (error) {
    if (error instanceof ConnectionLost) {
      response.destroy();
      return;
    }
    if (!(error instanceof Refusal)) throw error;
    reply = error.reply;
  }
  send(response, reply, request.headers['x-vault-namespace']);
}

/** The body as text; `null` if it is too long. Gives up when the client goes away. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  }
  return length > MAX_BODY ? null : Buffer.concat(chunks).toString('utf8');
}

function tokenOf(request: IncomingMessage): string {
  const header = request.headers['x-vault-token'];
  if (typeof header === 'string' && header !== '') return header;
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function send(response: ServerResponse, reply: Reply, namespace: string | string[] | undefined): void {
  response.setHeader('Cache-Control', 'no-store');
  if (typeof namespace === 'string') response.setHeader('X-Vault-Namespace', namespace);
  if (reply.text !== undefined) {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
  } else {
    response.setHeader('Content-Type', 'application/json');
  }
  const text = reply.text ?? (reply.json === undefined ? '' : `${goJson(reply.json)}\n`);
  response.statusCode = reply.status;
  if (text !== '') response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

/** JSON as Go writes it, which escapes what could be taken for HTML. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
