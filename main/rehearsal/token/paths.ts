import { z } from 'zod';
import { type Body, ignoredFieldsWarning, parseFields } from '../http/body';
import { coreRefusal, Refusal, type SecretParts } from '../http/reply';
import type { LogicalPaths } from '../logical/logical-path';
import { authOf, CREATE_FIELDS, createToken } from './creation';
import { lookupData } from './lookup';
import type { TokenEntry, TokenNamespace, TokenStore } from './store';

const TOKEN_FIELD = z.object({ token: z.string().default('') });
const ACCESSOR_FIELD = z.object({ accessor: z.string().default('') });

/** The paths below `auth/token/`. */
export const TOKEN_PATHS: LogicalPaths = {
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
    answer: ({ store, namespace, body }) => {
      const entry = byAccessor(store, namespace, body);
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
      return null;
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
      return null;
    },
  },
  'auth/token/revoke-accessor': {
    operations: ['update'],
    schema: ACCESSOR_FIELD,
    byDefault: [],
    answer: ({ store, namespace, body }) => {
      const entry = byAccessor(store, namespace, body);
      if (entry === undefined) {
        const warnings = ['No token found with this accessor', ...ignoredFieldsWarning(ACCESSOR_FIELD, body)];
        return { warnings };
      }
      store.revoke(entry);
      return null;
    },
  },
  'auth/token/accessors/': {
    operations: ['list'],
    schema: z.object({}),
    byDefault: [],
    answer: ({ store, namespace }) => ({ data: { keys: store.accessors(namespace) } }),
  },
  'auth/token/create': {
    operations: ['update'],
    schema: CREATE_FIELDS,
    byDefault: [],
    answer: ({ store, client, namespace, body }) => {
      const { entry, warnings } = createToken(
        { store, parent: client, namespace },
        parseFields(CREATE_FIELDS, body),
      );
      return {
        auth: authOf(entry),
        warnings: [...warnings, ...ignoredFieldsWarning(CREATE_FIELDS, body)],
      };
    },
  },
};

/** The token of an accessor; in a namespace are only its own. Throws `Refusal`. */
function byAccessor(store: TokenStore, namespace: TokenNamespace | null, body: Body): TokenEntry | undefined {
  const entry = store.findByAccessor(requiredAccessor(body));
  if (entry === undefined || entry.namespace?.id === namespace?.id) return entry;
  throw coreRefusal(500, 'cannot lookup token in different namespace');
}

function requiredAccessor(body: Body): string {
  const accessor = parseFields(ACCESSOR_FIELD, body).accessor;
  if (accessor === '') throw coreRefusal(400, 'missing accessor');
  return accessor;
}

function looked(entry: TokenEntry, withId: boolean, schema: z.ZodObject, body: Body): SecretParts {
  return { data: lookupData(entry, withId), warnings: ignoredFieldsWarning(schema, body) };
}
