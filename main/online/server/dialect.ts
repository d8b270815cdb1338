import { OnlineError } from '../online-error';
import { type Answer, type Attempt, readAnswer, readAttempt, refuseComplaint } from './answer';
import type { HttpMethod, RawAnswer, ServerClient } from './client';

export type DialectName = 'generate-root' | 'generate-root with token' | 'generate-root-token';

/** Which of the servers' ways to make a root token this server speaks (DESIGN.md §5.9). */
export interface Dialect {
  readonly name: DialectName;
  readonly path: 'sys/generate-root' | 'sys/generate-root-token';
  readonly token: boolean;
}

const OPEN: Dialect = { name: 'generate-root', path: 'sys/generate-root', token: false };
/** Vault 2.x. */
const OPEN_WITH_TOKEN: Dialect = { name: 'generate-root with token', path: 'sys/generate-root', token: true };
/** OpenBao 2.6 and later. */
const ROOT_TOKEN: Dialect = { name: 'generate-root-token', path: 'sys/generate-root-token', token: true };

export interface Found {
  readonly dialect: Dialect;
  readonly attempt: Attempt;
  readonly date: Date | null;
}

/**
 * Asks for the current attempt in one dialect after the other until the server understands; the configured token is sent
 * only where a server wants one. Throws `OnlineError`: 'token-needed', 'token-refused', 'unsupported', 'sealed', …
 */
export async function findDialect(client: ServerClient): Promise<Found> {
  const open = await ask(client, OPEN);
  if (open.ok) return found(client, OPEN, open);
  if (wantsToken(open)) {
    requireToken(client, open);
    const answer = await ask(client, OPEN_WITH_TOKEN);
    if (!isUnsupported(answer)) {
      refuseComplaint(answer, client.address);
      return found(client, OPEN_WITH_TOKEN, answer);
    }
  } else if (!isUnsupported(open)) {
    refuseComplaint(open, client.address);
  }
  const answer = await ask(client, ROOT_TOKEN);
  if (answer.ok) return found(client, ROOT_TOKEN, answer);
  if (wantsToken(answer)) requireToken(client, answer);
  if (isUnsupported(answer)) {
    throw new OnlineError(
      'unsupported',
      `${client.address} offers no way to make a root token from shares. OpenBao 2.5.3 and later turns it off: set disable_unauthed_generate_root_endpoints = false in its listener for the time of the ceremony, or use OpenBao 2.6 with a token.`,
    );
  }
  refuseComplaint(answer, client.address);
  throw new OnlineError('unsupported', `${client.address} offers no way to make a root token from shares.`);
}

/** One request of the attempt's life, in the server's dialect; nothing of its answer is looked at. */
export function attemptRequest(
  client: ServerClient,
  dialect: Dialect,
  method: HttpMethod,
  what: 'attempt' | 'update',
  body?: Uint8Array,
): Promise<RawAnswer> {
  return client.request(method, `${dialect.path}/${what}`, {
    body,
    token: dialect.token ? 'configured' : undefined,
    patient: method === 'PUT',
  });
}

async function ask(client: ServerClient, dialect: Dialect): Promise<Answer> {
  // Without a token the server's own refusal says whether it has this dialect at all.
  return readAnswer(await attemptRequest(client, dialect, 'GET', 'attempt'), client.address);
}

const found = (client: ServerClient, dialect: Dialect, answer: Answer): Found => ({
  dialect,
  attempt: readAttempt(answer, client.address),
  date: answer.date,
});

const isUnsupported = ({ status, complaint }: Answer): boolean =>
  /unsupported (operation|path)|no handler for route/i.test(complaint) || status === 404 || status === 405;

const wantsToken = ({ status, complaint }: Answer): boolean =>
  /permission denied|missing client token/i.test(complaint) || status === 401;

function requireToken(client: ServerClient, answer: Answer): void {
  if (client.hasToken) return;
  throw new OnlineError(
    'token-needed',
    `${client.address} starts an attempt only for someone with a token (it says: ${answer.complaint || `status ${answer.status}`}). Set VAULT_TOKEN (or BAO_TOKEN), or give --server-token-file.`,
  );
}
