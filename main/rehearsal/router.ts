import { z } from 'zod';
import type { Attempt } from './attempt';
import { decodeBase64 } from './base64';
import { type Body, parseBody, parseFields } from './body';
import type { Cluster } from './cluster';
import { noContent, ok, Refusal, type Reply } from './reply';
import { MAX_SHARE, MIN_SHARE } from './seal';
import { answerTokenPath, type Operation } from './token-paths';
import type { TokenStore } from './token-store';

export interface Core {
  readonly cluster: Cluster;
  readonly attempt: Attempt;
  readonly tokens: TokenStore;
}

/** A request, its body read. */
export interface Request {
  readonly method: string;
  /** With its leading slash, percent-encoded as it came; without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** '' where none came. */
  readonly token: string;
  readonly body: string;
}

const INIT = z.object({ otp: z.string().default(''), pgp_key: z.string().default('') });
const UPDATE = z.object({ key: z.string().default(''), nonce: z.string().default('') });

/** The answer to a request. Throws `Refusal`, and `ConnectionLost` where a real server panics. */
export async function route(core: Core, request: Request): Promise<Reply> {
  const { method } = request;
  if (!request.path.startsWith('/v1/')) return PAGE_NOT_FOUND;
  const path = request.path.slice('/v1/'.length);
  switch (path) {
    case 'sys/health':
      if (method === 'GET' || method === 'HEAD') return core.cluster.health();
      throw new Refusal(405);
    case 'sys/seal-status':
      if (method === 'GET') return core.cluster.sealStatus();
      throw new Refusal(405);
    case 'sys/init':
      if (method === 'GET') return core.cluster.initialization();
      if (method === 'PUT' || method === 'POST') throw new Refusal(400, 'Vault is already initialized');
      throw new Refusal(405);
    case 'sys/leader':
      if (method === 'GET') return core.cluster.leader();
      throw new Refusal(405);
    case 'sys/generate-root/attempt':
      return answerAttempt(core.attempt, request);
    case 'sys/generate-root/update':
      return answerUpdate(core.attempt, request);
    default:
      return answerLogical(core.tokens, path, request);
  }
}

const PAGE_NOT_FOUND: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  text: '404 page not found\n',
};

async function answerAttempt(attempt: Attempt, { method, body }: Request): Promise<Reply> {
  switch (method) {
    case 'GET':
      return ok(attempt.status());
    case 'POST':
    case 'PUT': {
      const { otp, pgp_key } = parseFields(INIT, inLowerCase(parseBody(body)));
      return ok(await attempt.init(otp, pgp_key));
    }
    case 'DELETE':
      attempt.cancel();
      return noContent;
    default:
      throw new Refusal(405);
  }
}

async function answerUpdate(attempt: Attempt, { method, body }: Request): Promise<Reply> {
  if (method !== 'PUT' && method !== 'POST') throw new Refusal(405);
  const { key, nonce } = parseFields(UPDATE, inLowerCase(parseBody(body)));
  if (key === '') throw new Refusal(400, "'key' must be specified in request body as JSON");
  return ok(await attempt.update(decodeShare(key), nonce));
}

/**
 * Vault takes the field names of an attempt in any case. An OTP under another name must not be passed over.
 */
const inLowerCase = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).map(([name, field]) => [name.toLowerCase(), field]));

/** A share in hex if it has a share's length then, otherwise in base64. */
function decodeShare(text: string): Uint8Array {
  const length = text.length / 2;
  if (/^(?:[0-9a-f]{2})*$/i.test(text) && length >= MIN_SHARE && length <= MAX_SHARE) {
    return Uint8Array.from(Buffer.from(text, 'hex'));
  }
  const bytes = decodeBase64(text);
  if (bytes === null) throw new Refusal(400, "'key' must be a valid hex or base64 string");
  return bytes;
}

function answerLogical(tokens: TokenStore, path: string, request: Request): Reply {
  const operation = operationOf(request);
  const listed = operation === 'list' && !path.endsWith('/') ? `${path}/` : path;
  const body = operation === 'update' ? parseBody(request.body) : {};
  return answerTokenPath(tokens, listed, operation, request.token, body);
}

function operationOf({ method, query }: Request): Operation {
  switch (method) {
    case 'GET':
      return query.get('list') === 'true' ? 'list' : 'read';
    case 'POST':
    case 'PUT':
      return 'update';
    case 'DELETE':
      return 'delete';
    default:
      throw new Refusal(405);
  }
}
