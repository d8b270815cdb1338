import type { Attempt } from './attempt';
import type { Cluster } from './cluster';
import { decodeGoBase64 } from './go-base64';
import { isEmpty, type JsonObject, parseBody, stringFields } from './json-body';
import { noContent, ok, Refusal, type Reply } from './reply';
import { MAX_SHARE, MIN_SHARE } from './seal';
import { answerTokenPath, type Operation } from './token-paths';
import type { TokenStore } from './token-store';

export interface Request {
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly url: URL;
  readonly token: string;
  readonly contentType: string;
  readonly body: string;
}

export interface Core {
  readonly cluster: Cluster;
  readonly attempt: Attempt;
  readonly tokens: TokenStore;
}

/** The answer to a request. Throws `Refusal`, `ConnectionLost`. */
export async function route(core: Core, request: Request): Promise<Reply> {
  const { method, url } = request;
  const path = url.pathname;
  if (!path.startsWith('/v1/')) return { status: 404, text: '404 page not found\n' };
  switch (path.slice('/v1/'.length)) {
    case 'sys/health':
      if (method === 'GET' || method === 'HEAD') return core.cluster.health(url.searchParams);
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
      return answerLogical(core.tokens, request);
  }
}

async function answerAttempt(attempt: Attempt, request: Request): Promise<Reply> {
  const { body } = readRequest(request);
  switch (request.method) {
    case 'GET':
      return ok(attempt.status());
    case 'POST':
    case 'PUT': {
      const fields = stringFields(body, 'GenerateRootInitRequest', { otp: 'otp', pgp_key: 'pgp_key' });
      return ok(await attempt.init(fields.otp, fields.pgp_key));
    }
    case 'DELETE':
      attempt.cancel();
      return noContent;
    default:
      throw new Refusal(405);
  }
}

/** Any method will do here, as long as there is a body. */
async function answerUpdate(attempt: Attempt, request: Request): Promise<Reply> {
  const { body } = readRequest(request);
  if (isEmpty(request.body)) throw new Refusal(400, 'EOF');
  const fields = stringFields(body, 'GenerateRootUpdateRequest', { key: 'Key', nonce: 'Nonce' });
  if (fields.key === '') throw new Refusal(400, "'key' must be specified in request body as JSON");
  return ok(await attempt.update(decodeShare(fields.key), fields.nonce));
}

/** A share in hex if it has a share's length then, otherwise in base64. */
function decodeShare(text: string): Uint8Array {
  const length = text.length / 2;
  if (/^(?:[0-9a-f]{2})*$/i.test(text) && length >= MIN_SHARE && length < MAX_SHARE + 1) {
    return Uint8Array.from(Buffer.from(text, 'hex'));
  }
  const decoded = decodeGoBase64(text);
  if ('corruptAt' in decoded) throw new Refusal(400, "'key' must be a valid hex or base64 string");
  return decoded.bytes;
}

function answerLogical(tokens: TokenStore, request: Request): Reply {
  const { operation, body } = readRequest(request);
  const path = request.url.pathname.slice('/v1/'.length);
  const listed = operation === 'list' && !path.endsWith('/') ? `${path}/` : path;
  return answerTokenPath(tokens, listed, operation, request.token, body);
}

/** What the method means and what came with it, as Vault reads it before anything else. Throws `Refusal` 4xx. */
function readRequest(request: Request): { operation: Operation; body: JsonObject | null } {
  const query = request.url.searchParams;
  switch (request.method) {
    case 'GET': {
      const list = query.get('list') ?? '';
      if (!/^(|1|0|t|f|true|false)$/i.test(list)) throw new Refusal(400);
      const listing = /^(1|t|true)$/i.test(list);
      if (listing) query.delete('list');
      return { operation: listing ? 'list' : 'read', body: queryBody(query) };
    }
    case 'POST':
    case 'PUT':
      return { operation: 'update', body: parseBody(request.body) };
    case 'DELETE':
      return { operation: 'delete', body: queryBody(query) };
    case 'HEAD':
    case 'OPTIONS':
      return { operation: 'other', body: null };
    case 'PATCH':
      checkPatch(request.contentType);
      return { operation: 'other', body: parseBody(request.body) };
    default:
      throw new Refusal(405);
  }
}

function queryBody(query: URLSearchParams): JsonObject | null {
  return query.size === 0 ? null : Object.fromEntries(query);
}

function checkPatch(contentType: string): void {
  const expected = 'application/merge-patch+json';
  const [type = ''] = contentType.split(';');
  if (type.trim() === '') throw new Refusal(400, 'mime: no media type');
  if (type.trim() !== expected) {
    throw new Refusal(415, `PATCH requires Content-Type of ${expected}, provided ${type.trim()}`);
  }
}
