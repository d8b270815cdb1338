import type { Attempt } from './attempt';
import type { Cluster } from './cluster';
import { decodeGoBase64 } from './go-base64';
import { type GoStruct, parseStruct } from './json-body';
import { checkJson } from './json-limits';
import { noContent, ok, Refusal, type Reply } from './reply';
import { asksForList, type Request, readRequest } from './request';
import { redirectOf } from './request-target';
import { MAX_SHARE, MIN_SHARE } from './seal';
import { answerTokenPath } from './token-paths';
import type { TokenStore } from './token-store';

export interface Core {
  readonly cluster: Cluster;
  readonly attempt: Attempt;
  readonly tokens: TokenStore;
}

const INIT: GoStruct<'otp' | 'pgp_key'> = {
  name: 'GenerateRootInitRequest',
  fields: { otp: 'otp', pgp_key: 'pgp_key' },
};
const UPDATE: GoStruct<'key' | 'nonce'> = {
  name: 'GenerateRootUpdateRequest',
  fields: { key: 'Key', nonce: 'Nonce' },
};

/** The answer to a request, in the order in which Vault's handlers are wrapped. Throws `Refusal`, `ConnectionLost`. */
export async function route(core: Core, request: Request): Promise<Reply> {
  asksForList(request);
  checkJson(request.body);
  return redirectOf(request.method, request.target) ?? (await answer(core, request));
}

async function answer(core: Core, request: Request): Promise<Reply> {
  const { method, target } = request;
  if (!target.path.startsWith('/v1/')) return PAGE_NOT_FOUND;
  // Go's router decodes part by part: a slash in code does not part anything.
  const path = /%2f/i.test(target.encoded) ? '' : target.path.slice('/v1/'.length);
  switch (path) {
    case 'sys/health':
      if (method === 'GET' || method === 'HEAD') return core.cluster.health(target.query);
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

const PAGE_NOT_FOUND: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  text: '404 page not found\n',
};

async function answerAttempt(attempt: Attempt, request: Request): Promise<Reply> {
  readRequest(request);
  switch (request.method) {
    case 'GET':
      return ok(attempt.status());
    case 'POST':
    case 'PUT': {
      const fields = parseStruct(request.body, INIT);
      return ok(await attempt.init(fields?.otp ?? '', fields?.pgp_key ?? ''));
    }
    case 'DELETE':
      attempt.cancel();
      return noContent;
    default:
      throw new Refusal(405);
  }
}

/** Any method will do here, as long as there is a body: the audit reads it first, and hands on only what it read. */
async function answerUpdate(attempt: Attempt, request: Request): Promise<Reply> {
  readRequest(request);
  const fields = parseStruct(/^(POST|PUT|PATCH)$/.test(request.method) ? request.body : '', UPDATE);
  if (fields === null) throw new Refusal(400, 'EOF');
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
  const path = request.target.path.slice('/v1/'.length);
  const listed = operation === 'list' && !path.endsWith('/') ? `${path}/` : path;
  return answerTokenPath(tokens, listed, operation, request.token, body);
}
