import type { Generation } from '../generation';
import { parseBody, parseFields } from '../http/body';
import { coreRefusal, noContent, Refusal, type Reply, secretReply } from '../http/reply';
import type { Request } from '../http/request';
import type { Namespace } from '../namespace/namespace';
import type { TokenStore } from '../token/store';
import { clientOf } from './client';
import type { LogicalPath, Operation } from './logical-path';

/** What answers calls that are made with a token. */
export interface Logical {
  readonly generation: Generation;
  readonly tokens: TokenStore;
  /** The path of that name, which ends in a slash where it is listed; `undefined` where there is none. */
  readonly find: (path: string) => LogicalPath | undefined;
}

/**
 * Answers a call that is made with a token, on a path that the server has or has not: who has no valid token
 * is told nothing else. Throws `Refusal`.
 *
 * `path` comes without `/v1/` and without its namespace.
 */
export async function answerLogical(
  { generation, tokens, find }: Logical,
  namespace: Namespace | null,
  path: string,
  request: Request,
): Promise<Reply> {
  const operation = operationOf(request);
  const wanted = operation === 'list' && !path.endsWith('/') ? `${path}/` : path;
  const body = operation === 'update' ? parseBody(request.body, generation.words.unreadable) : {};
  if (wanted.endsWith('/') && operation === 'update') {
    throw new Refusal(400, "cannot write to a path ending in '/'");
  }
  const found = find(wanted);
  const client = clientOf(tokens, request.token, generation.words, {
    namespace,
    isAllowedByDefault: found?.byDefault.includes(operation) ?? false,
  });
  try {
    if (found === undefined) throw unknownPath(wanted);
    if (!found.operations.includes(operation)) throw coreRefusal(405, 'unsupported operation');
    parseFields(found.schema, body);
    const parts = await found.answer({ store: tokens, client, namespace, operation, body });
    return parts === null ? noContent : secretReply(parts, generation.mountType);
  } finally {
    if (client.numUses < 0) tokens.revoke(client);
  }
}

const unknownPath = (path: string): Refusal =>
  /^(sys|auth\/token|identity|cubbyhole)\//.test(path)
    ? coreRefusal(404, 'unsupported path')
    : new Refusal(404, `no handler for route "${path}". route entry not found.`);

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
