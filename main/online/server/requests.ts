import { parentOf } from '../../../shared/ceremony/namespace';
import type { TokenKind } from '../../../shared/token/token-kind';
import type { HttpMethod, RawAnswer, ServerClient } from './client';

// Every request that Airlock makes to a server, in the order of a ceremony. None looks at its answer. Bodies
// and tokens stay the caller's to wipe. All throw what `ServerClient.request` throws.

/**
 * A way to make a token from shares, of which a server speaks one (docs/server-facts.md, "Endpoints").
 */
export interface Dialect {
  readonly name: string;
  readonly kind: TokenKind;
  /** What `attempt` and `update` stand below. */
  readonly path: string;
  /** Whether the configured token goes along. */
  readonly token: boolean;
}

/** In the order in which a server is asked for them. */
export const DIALECTS = {
  open: { name: 'generate-root', kind: 'root', path: 'sys/generate-root', token: false },
  /** Vault 2.x. */
  openWithToken: { name: 'generate-root with token', kind: 'root', path: 'sys/generate-root', token: true },
  /** OpenBao 2.6 and later. */
  rootToken: { name: 'generate-root-token', kind: 'root', path: 'sys/generate-root-token', token: true },
  /** A disaster-recovery secondary. */
  drOperation: {
    name: 'generate-operation-token',
    kind: 'dr',
    path: 'sys/replication/dr/secondary/generate-operation-token',
    token: false,
  },
  /** Recovery mode. */
  recovery: {
    name: 'generate-recovery-token',
    kind: 'recovery',
    path: 'sys/generate-recovery-token',
    token: false,
  },
} as const satisfies Readonly<Record<string, Dialect>>;

/**
 * 1. Who the server is, and whether it is sealed. Asked before an attempt is begun, joined or given a share.
 */
export const requestHealth = (client: ServerClient): Promise<RawAnswer> =>
  client.request('GET', 'sys/health', { wholeServer: true });

/**
 * 2. How many shares there are, and of which kind. Asked together with 1. A namespace of OpenBao that has a
 * seal of its own is asked for it in the namespace around it, with the configured token: `sys/seal-status`
 * tells of the whole server everywhere (docs/server-facts.md, "Namespaces").
 */
export function requestSealStatus(client: ServerClient): Promise<RawAnswer> {
  if (client.namespace === '') return client.request('GET', 'sys/seal-status', { wholeServer: true });
  const { parent, name } = parentOf(client.namespace);
  const path = `sys/namespaces/${encodeURIComponent(name)}/seal-status`;
  return client.request('GET', path, { namespace: parent, token: 'configured' });
}

/**
 * Before an attempt is begun, as advice: which audit devices are on, with the configured token, and whether
 * there are standbys.
 */
export const requestAudit = (client: ServerClient): Promise<RawAnswer> =>
  client.request('GET', 'sys/audit', { wholeServer: true, token: 'configured' });
export const requestLeader = (client: ServerClient): Promise<RawAnswer> =>
  client.request('GET', 'sys/leader', { wholeServer: true });

/**
 * 3. Whether an attempt is open, and which. Asked before each step of an attempt, and after every silence.
 */
export const requestAttempt = (client: ServerClient, dialect: Dialect): Promise<RawAnswer> =>
  attemptRequest(client, dialect, 'GET', 'attempt');

/** 4. Begins an attempt, once. `body`: of `hidingBody`. */
export const requestBegin = (client: ServerClient, dialect: Dialect, body: Uint8Array): Promise<RawAnswer> =>
  attemptRequest(client, dialect, 'PUT', 'attempt', body);

/**
 * 5. Gives one share, once for each custodian. `body`: of `shareBody`. The last one's answer comes only once.
 */
export const requestUpdate = (client: ServerClient, dialect: Dialect, body: Uint8Array): Promise<RawAnswer> =>
  attemptRequest(client, dialect, 'PUT', 'update', body);

/** Instead of 5, where a ceremony is given up: cancels whatever attempt is open. */
export const requestCancel = (client: ServerClient, dialect: Dialect): Promise<RawAnswer> =>
  attemptRequest(client, dialect, 'DELETE', 'attempt');

/** 6. What the server knows of the token, asked with the token itself. `token`: ASCII. */
export const requestLookupSelf = (
  client: ServerClient,
  token: Uint8Array | 'configured',
): Promise<RawAnswer> => client.request('GET', 'auth/token/lookup-self', { token });

/** Instead of 6, where only the accessor is known: asked with the configured token. */
export const requestLookupAccessor = (client: ServerClient, accessor: string): Promise<RawAnswer> =>
  client.request('POST', 'auth/token/lookup-accessor', {
    token: 'configured',
    body: jsonBytes({ accessor }),
    asks: true,
  });

/**
 * Where a token may live that nobody holds: the accessors of all tokens. `page`: where the server gives them
 * a page at a time, how many at most, and after which one ('': from the first). Others give all at once.
 */
export const requestAccessors = (
  client: ServerClient,
  page: { readonly after: string; readonly limit: number },
): Promise<RawAnswer> =>
  client.request(
    'GET',
    `auth/token/accessors?list=true&limit=${page.limit}${page.after === '' ? '' : `&after=${encodeURIComponent(page.after)}`}`,
    // A server that gives all of them at once looks at each before it answers.
    { token: 'configured', patient: true, lists: true },
  );

/**
 * 7. In a rehearsal: uses the root token once, for a child token of one minute. It can do next to nothing,
 * but for one in a namespace, which inherits all of it: no other child is allowed there
 * (docs/server-facts.md, "Namespaces").
 */
export function requestChild(client: ServerClient, token: Uint8Array, name: string): Promise<RawAnswer> {
  const child = { ttl: '60s', display_name: name, renewable: false };
  const body = client.namespace === '' ? { policies: ['default'], ...child } : child;
  return client.request('POST', 'auth/token/create', { token, body: jsonBytes(body) });
}

/**
 * Instead of 7, with a recovery token, which can do nothing else: lists the top of the raw storage. Nothing
 * of it is looked at, and nothing is changed.
 */
export const requestRawStorage = (client: ServerClient, token: Uint8Array): Promise<RawAnswer> =>
  client.request('GET', 'sys/raw/?list=true', { token, wholeServer: true });

/** 8. Revokes that child token again, or any token whose accessor is named. */
export const requestRevokeAccessor = (
  client: ServerClient,
  token: Uint8Array | 'configured',
  accessor: string,
): Promise<RawAnswer> =>
  client.request('PUT', 'auth/token/revoke-accessor', { token, body: jsonBytes({ accessor }) });

/** 9. Revokes the token itself. Afterwards 6 comes again: its refusal is the proof. */
export const requestRevokeSelf = (client: ServerClient, token: Uint8Array): Promise<RawAnswer> =>
  client.request('PUT', 'auth/token/revoke-self', { token });

/** Instead of 9, for an operation token of a DR secondary, where tokens can't be looked up. */
export const requestDeleteOperationToken = (client: ServerClient, token: string): Promise<RawAnswer> =>
  client.request('POST', 'sys/replication/dr/secondary/operation-token/delete', {
    wholeServer: true,
    body: jsonBytes({ dr_operation_token: token }),
  });

/**
 * Between 6 and 9: a request of a task of the plan, with the token that the officer handed over. LIST goes
 * out as servers take it from every client: GET with `list=true`. `body`: JSON, or null.
 */
export const requestTask = (
  client: ServerClient,
  token: Uint8Array,
  method: HttpMethod | 'LIST',
  path: string,
  body: string | null = null,
): Promise<RawAnswer> =>
  client.request(method === 'LIST' ? 'GET' : method, method === 'LIST' ? `${path}?list=true` : path, {
    token,
    ...(body === null ? {} : { body: new TextEncoder().encode(body) }),
  });

const attemptRequest = (
  client: ServerClient,
  dialect: Dialect,
  method: HttpMethod,
  what: 'attempt' | 'update',
  body?: Uint8Array,
): Promise<RawAnswer> =>
  client.request(method, `${dialect.path}/${what}`, {
    body,
    token: dialect.token ? 'configured' : undefined,
    wholeServer: dialect.kind !== 'root',
    patient: method === 'PUT',
  });

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
