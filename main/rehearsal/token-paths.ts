import { z } from 'zod';
import { type Body, ignoredFieldsWarning, parseFields } from './body';
import { coreRefusal, noContent, Refusal, type Reply, secretReply } from './reply';
import { authOf, CREATE_FIELDS, createToken } from './token-creation';
import { lookupData } from './token-lookup';
import { isRoot, type TokenEntry, type TokenStore } from './token-store';

export type Operation = 'read' | 'update' | 'delete' | 'list';

interface Call {
  readonly store: TokenStore;
  readonly client: TokenEntry;
  readonly body: Body;
}

interface TokenPath {
  readonly operations: readonly Operation[];
  readonly schema: z.ZodObject;
  /** What the default policy allows on it; a root token may do everything. */
  readonly byDefault: readonly Operation[];
  readonly answer: (call: Call) => Reply;
}

/**
 * Answers below `auth/token/` and, for everything that the server does not have, as Vault does: who has no
 * valid token is told nothing else. Throws `Refusal`.
 *
 * `path` comes without `/v1/`.
 */
export function answerTokenPath(
  store: TokenStore,
  path: string,
  operation: Operation,
  token: string,
  body: Body,
): Reply {
  if (path.endsWith('/') && operation === 'update') {
    throw new Refusal(400, "cannot write to a path ending in '/'");
  }
  const found = PATHS[path];
  const client = authorize(store, token, found?.byDefault.includes(operation) ?? false);
  try {
    if (found === undefined) throw unknownPath(path);
    if (!found.operations.includes(operation)) throw coreRefusal(405, 'unsupported operation');
    parseFields(found.schema, body);
    return found.answer({ store, client, body });
  } finally {
    if (client.numUses < 0) store.revoke(client);
  }
}

function authorize(store: TokenStore, token: string, allowedByDefault: boolean): TokenEntry {
  if (token === '') throw new Refusal(403, 'permission denied');
  const client = store.find(token);
  if (client === undefined) throw coreRefusal(403, 'permission denied', 'invalid token');
  if (client.numUses > 0) client.numUses = client.numUses === 1 ? -1 : client.numUses - 1;
  if (!isRoot(client) && !(allowedByDefault && client.policies.includes('default'))) {
    if (client.numUses < 0) store.revoke(client);
    throw coreRefusal(403, 'permission denied');
  }
  return client;
}

function unknownPath(path: string): Refusal {
  return /^(sys|auth\/token|identity|cubbyhole)\//.test(path)
    ? coreRefusal(404, 'unsupported path')
    : new Refusal(404, `no handler for route "${path}". route entry not found.`);
}

const TOKEN_FIELD = z.object({ token: z.string().default('') });
const ACCESSOR_FIELD = z.object({ accessor: z.string().default('') });

const PATHS: Readonly<Record<string, TokenPath>> = {
  'auth/token/lookup-self': {
    operations: ['read', 'update'],
    schema: TOKEN_FIELD,
    byDefault: ['read'],
    answer: ({ client, body }) => looked(client, true, TOKEN_FIELD, body),
  },
  'auth/token/lookup': {
    operations: ['read', 'update'],
    schema: TOKEN_FIELD,
    byDefault: [],
    answer: ({ store, client, body }) => {
      const id = parseFields(TOKEN_FIELD, body).token;
      const entry = id === '' ? client : store.find(id);
      if (entry === undefined) throw new Refusal(403, 'bad token');
      return looked(entry, true, TOKEN_FIELD, body);
    },
  },
  'auth/token/lookup-accessor': {
    operations: ['update'],
    schema: ACCESSOR_FIELD,
    byDefault: [],
    answer: ({ store, body }) => {
      const entry = store.findByAccessor(requiredAccessor(body));
      if (entry === undefined) throw coreRefusal(400, 'invalid accessor');
      return looked(entry, false, ACCESSOR_FIELD, body);
    },
  },
  'auth/token/revoke-self': {
    operations: ['update'],
    schema: z.object({}),
    byDefault: ['update'],
    answer: ({ store, client }) => {
      store.revoke(client);
      return noContent;
    },
  },
  'auth/token/revoke': {
    operations: ['update'],
    schema: TOKEN_FIELD,
    byDefault: [],
    answer: ({ store, body }) => {
      const id = parseFields(TOKEN_FIELD, body).token;
      if (id === '') throw new Refusal(400, 'missing token ID');
      const entry = store.find(id);
      if (entry !== undefined) store.revoke(entry);
      return noContent;
    },
  },
  'auth/token/revoke-accessor': {
    operations: ['update'],
    schema: ACCESSOR_FIELD,
    byDefault: [],
    answer: ({ store, body }) => {
      const entry = store.findByAccessor(requiredAccessor(body));
      if (entry === undefined) {
        const warnings = ['No token found with this accessor', ...ignoredFieldsWarning(ACCESSOR_FIELD, body)];
        return secretReply({ warnings });
      }
      store.revoke(entry);
      return noContent;
    },
  },
  'auth/token/accessors/': {
    operations: ['list'],
    schema: z.object({}),
    byDefault: [],
    answer: ({ store }) => secretReply({ data: { keys: store.accessors() } }),
  },
  'auth/token/create': {
    operations: ['update'],
    schema: CREATE_FIELDS,
    byDefault: [],
    answer: ({ store, client, body }) => {
      const { entry, warnings } = createToken(store, client, parseFields(CREATE_FIELDS, body));
      return secretReply({
        auth: authOf(entry),
        warnings: [...warnings, ...ignoredFieldsWarning(CREATE_FIELDS, body)],
      });
    },
  },
};

function requiredAccessor(body: Body): string {
  const accessor = parseFields(ACCESSOR_FIELD, body).accessor;
  if (accessor === '') throw coreRefusal(400, 'missing accessor');
  return accessor;
}

function looked(entry: TokenEntry, withId: boolean, schema: z.ZodObject, body: Body): Reply {
  return secretReply({ data: lookupData(entry, withId), warnings: ignoredFieldsWarning(schema, body) });
}
