import { z } from 'zod';
import type { Attempt } from './attempt/attempt';
import { answerFlat } from './attempt/door';
import type { Cluster } from './cluster';
import type { Elsewhere, Generation } from './generation';
import { parseBody, parseFields } from './http/body';
import { noContent, Refusal, type Reply } from './http/reply';
import type { Request } from './http/request';
import { clientOf } from './logical/client';
import { answerLogical } from './logical/logical';
import type { LogicalPath } from './logical/logical-path';
import type { Namespaces, Place } from './namespace/namespaces';
import type { TokenStore } from './token/store';

export interface Core {
  readonly generation: Generation;
  /** `null` for a server that says nothing of itself. */
  readonly cluster: Cluster | null;
  /** The attempt of the whole server. */
  readonly attempt: Attempt;
  readonly tokens: TokenStore;
  readonly namespaces: Namespaces;
  /** The path of that name that is called with a token, if the server has it. */
  readonly find: (path: string) => LogicalPath | undefined;
  /** Tokens that were made and are no root tokens: operation tokens of a DR secondary, recovery tokens. */
  readonly otherTokens: Set<string>;
}

/** The answer to a request. Throws `Refusal`, and `ConnectionLost` where a real server panics. */
export async function route(core: Core, request: Request): Promise<Reply> {
  if (!request.path.startsWith('/v1/')) return PAGE_NOT_FOUND;
  const { namespace, path } = placeOf(core, request);
  const { generation } = core;
  if (generation.switchedOff.some((off) => path === off || path.startsWith(`${off}/`))) {
    throw new Refusal(405, 'unsupported operation');
  }
  const way = flatWay(generation, path);
  if (way !== null) return answerWay(core, way, request);
  if (core.cluster !== null && path in ABOUT) return answerAbout(core.cluster, path, request.method);
  return ELSEWHERE[generation.elsewhere](core, { namespace, path }, request);
}

const PAGE_NOT_FOUND: Reply = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  text: '404 page not found\n',
};

/** What is the whole server's, and is not to be had in a namespace. */
const WHOLE_SERVER = ['sys/health', 'sys/init'];

/** What is told of the whole server, whichever namespace is named. */
const NAMESPACE_PASSED_OVER = ['sys/seal-status', 'sys/leader'];

/** Where the request goes. Throws `Refusal`. */
function placeOf({ generation, namespaces }: Core, { path: whole, namespace: header }: Request): Place {
  const path = whole.slice('/v1/'.length);
  if (generation.namespaces === 'ignored' || NAMESPACE_PASSED_OVER.includes(path)) {
    return { namespace: null, path };
  }
  const isWholeServers = (wanted: string): boolean =>
    WHOLE_SERVER.includes(wanted) || flatWay(generation, wanted) !== null;
  const unavailable = new Refusal(400, 'operation unavailable in namespaces');
  if (header !== '' && isWholeServers(path)) throw unavailable;
  if (generation.namespaces === 'refused') return { namespace: null, path };
  const place = namespaces.resolve(header, path);
  if (place.namespace !== null && isWholeServers(place.path)) throw unavailable;
  return place;
}

/** One of the two paths of a way in. */
interface Way {
  readonly what: 'attempt' | 'update';
  readonly wantsToken: boolean;
}

/** Which path of flat JSON it is; `null` for any other path. */
function flatWay({ doors }: Generation, path: string): Way | null {
  for (const { answers, path: start, wantsToken } of doors) {
    if (answers !== 'flat') continue;
    if (path === `${start}/attempt`) return { what: 'attempt', wantsToken };
    if (path === `${start}/update`) return { what: 'update', wantsToken };
  }
  return null;
}

async function answerWay(core: Core, { what, wantsToken }: Way, request: Request): Promise<Reply> {
  const { attempt, tokens } = core;
  const { words } = core.generation;
  if (!wantsToken) return answerFlat(attempt, what, request, words);
  const client = clientOf(tokens, request.token, words, { namespace: null, isAllowedByDefault: false });
  try {
    return await answerFlat(attempt, what, request, words);
  } finally {
    if (client.numUses < 0) tokens.revoke(client);
  }
}

/** What is asked of a server about itself: which methods, and what is answered. */
const ABOUT: Readonly<Record<string, Readonly<Record<string, (cluster: Cluster) => Reply>>>> = {
  'sys/health': { GET: (cluster) => cluster.health(), HEAD: (cluster) => cluster.health() },
  'sys/seal-status': { GET: (cluster) => cluster.sealStatus() },
  'sys/init': {
    GET: (cluster) => cluster.initialization(),
    PUT: alreadyInitialized,
    POST: alreadyInitialized,
  },
  'sys/leader': { GET: (cluster) => cluster.leader() },
};

function alreadyInitialized(): never {
  throw new Refusal(400, 'Vault is already initialized');
}

function answerAbout(cluster: Cluster, path: string, method: string): Reply {
  const answer = ABOUT[path]?.[method];
  if (answer === undefined) throw new Refusal(405);
  return answer(cluster);
}

/** The one thing that is done here with an operation token: it ends it. */
const DELETE_OPERATION_TOKEN = 'sys/replication/dr/secondary/operation-token/delete';
const OPERATION_TOKEN = z.object({ dr_operation_token: z.string().default('') });

/** What else the server has. */
const ELSEWHERE: Readonly<
  Record<Elsewhere, (core: Core, place: Place, request: Request) => Reply | Promise<Reply>>
> = {
  tokens: ({ generation, tokens, find }, { namespace, path }, request) =>
    answerLogical({ generation, tokens, find }, namespace, path, request),
  'dr-secondary': ({ generation, otherTokens }, { path }, { method, body }) => {
    if (path !== DELETE_OPERATION_TOKEN || (method !== 'POST' && method !== 'PUT')) {
      throw new Refusal(400, 'path disabled in replication DR secondary mode');
    }
    const fields = parseFields(OPERATION_TOKEN, parseBody(body, generation.words.unreadable));
    if (!otherTokens.delete(fields.dr_operation_token)) throw new Refusal(403, 'permission denied');
    return noContent;
  },
  // The server's raw storage, which is empty here: only who has the recovery token is told so.
  raw: ({ otherTokens }, { path }, { token }) => {
    if (!/^sys\/raw(\/|$)/.test(path)) return PAGE_NOT_FOUND;
    throw new Refusal(otherTokens.has(token) ? 404 : 403);
  },
};
