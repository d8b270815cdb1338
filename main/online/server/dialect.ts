import { type Answer, type Attempt, type Health, readAnswer, readAttempt, refuseComplaint } from './answer';
import type { ServerClient } from './client';
import { DIALECTS, type Dialect, requestAttempt } from './requests';
import { ServerError } from './server-error';

/** Which way to make a token this server speaks, and the attempt that it tells of. */
export interface Found {
  readonly dialect: Dialect;
  readonly attempt: Attempt;
  readonly date: Date | null;
}

/**
 * Asks for the current attempt in one dialect after the other until the server understands. The first is
 * asked without the configured token, those after it with it. `mode`: that of the server, where it is known:
 * another than the usual one leaves one dialect. Throws `ServerError`: 'token-needed', 'token-refused',
 * 'unsupported', 'sealed', …
 */
export async function findDialect(client: ServerClient, mode?: Health['mode']): Promise<Found> {
  if (mode === 'dr-secondary') return findOnly(client, DIALECTS.drOperation);
  if (mode === 'recovery') return findOnly(client, DIALECTS.recovery);
  if (client.namespace !== '') return findInNamespace(client);
  const open = await ask(client, DIALECTS.open);
  if (open.ok) return found(client, DIALECTS.open, open);
  if (wantsToken(open)) {
    requireToken(client, open);
    const answer = await ask(client, DIALECTS.openWithToken);
    if (!isUnsupported(answer)) {
      refuseComplaint(answer, client.address);
      return found(client, DIALECTS.openWithToken, answer);
    }
  } else if (!isUnsupported(open)) {
    refuseComplaint(open, client.address);
  }
  const answer = await ask(client, DIALECTS.rootToken);
  if (answer.ok) return found(client, DIALECTS.rootToken, answer);
  if (wantsToken(answer)) requireToken(client, answer);
  if (isUnsupported(answer)) {
    for (const dialect of [DIALECTS.drOperation, DIALECTS.recovery]) {
      const other = await ask(client, dialect);
      if (other.ok) return found(client, dialect, other);
    }
    throw new ServerError(
      'unsupported',
      `${client.address} offers no way to make a root token from shares. OpenBao 2.5.3 and later turns it off: set disable_unauthed_generate_root_endpoints = false in its listener for the time of the ceremony, or use OpenBao 2.6 with a token.`,
    );
  }
  refuseComplaint(answer, client.address);
  throw new ServerError('unsupported', `${client.address} offers no way to make a root token from shares.`);
}

/**
 * The same inside a namespace, where only `generate-root-token` makes tokens. Whoever answers the open
 * endpoints there doesn't know namespaces, and would make a token of the whole server
 * (docs/server-facts.md, "Namespaces"). Throws `ServerError` 'namespace-ignored', 'token-needed',
 * 'namespace-sealed', 'no-namespace', 'namespace-not-sealable', 'unsupported', …
 */
async function findInNamespace(client: ServerClient): Promise<Found> {
  const { address, namespace } = client;
  const others = client.hasToken ? [DIALECTS.open, DIALECTS.openWithToken] : [DIALECTS.open];
  for (const dialect of others) {
    if ((await ask(client, dialect)).ok) throw namespaceIgnored(client);
  }
  const answer = await ask(client, DIALECTS.rootToken);
  if (answer.ok) return found(client, DIALECTS.rootToken, answer);
  if (wantsToken(answer)) requireToken(client, answer);
  if (/unsupported (operation|path)|no handler for route/i.test(answer.complaint)) {
    throw new ServerError(
      'unsupported',
      `${address} makes no root token inside a namespace (${namespace}). OpenBao 2.6 and later do, with a token; Vault makes them for the whole server only.`,
      'To speak of the whole server, unset VAULT_NAMESPACE and BAO_NAMESPACE, and leave --namespace out.',
    );
  }
  refuseComplaint(answer, address);
  throw new ServerError('unsupported', `${address} makes no root token inside a namespace (${namespace}).`);
}

const namespaceIgnored = ({ address, namespace }: ServerClient): ServerError =>
  new ServerError(
    'namespace-ignored',
    `The server at ${address} doesn't know namespaces, as Vault's community edition doesn't: it answers for the whole server, although the namespace ${namespace} was named. An attempt there would make a root token of the whole server. Nothing was started. Go to the server that has this namespace; or, if the whole server is meant, name no namespace.`,
    'The namespace comes from VAULT_NAMESPACE (or BAO_NAMESPACE) or --namespace.',
  );

async function findOnly(client: ServerClient, dialect: Dialect): Promise<Found> {
  const answer = await ask(client, dialect);
  refuseComplaint(answer, client.address);
  return found(client, dialect, answer);
}

async function ask(client: ServerClient, dialect: Dialect): Promise<Answer> {
  const raw = await requestAttempt(client, dialect);
  // A path that isn't there at all, as most are in recovery mode, is answered by Go's own server.
  if (raw.status === 404 && raw.contentType.startsWith('text/plain'))
    return { status: 404, ok: false, json: {}, complaint: '', date: raw.date };
  return readAnswer(raw, client.address);
}

const found = (client: ServerClient, dialect: Dialect, answer: Answer): Found => ({
  dialect,
  attempt: readAttempt(answer, client.address),
  date: answer.date,
});

const isUnsupported = ({ status, complaint }: Answer): boolean =>
  /unsupported (operation|path)|no handler for route|path disabled/i.test(complaint) ||
  status === 404 ||
  status === 405;

const wantsToken = ({ status, complaint }: Answer): boolean =>
  /permission denied|missing client token/i.test(complaint) || status === 401;

function requireToken(client: ServerClient, answer: Answer): void {
  if (client.hasToken) return;
  throw new ServerError(
    'token-needed',
    `${client.address} starts an attempt only for someone with a token (it says: ${answer.complaint || `status ${answer.status}`}). Give it one.`,
    'Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file.',
  );
}
