import { type Answer, type Attempt, readAnswer, readAttempt, refuseComplaint } from './answer';
import type { ServerClient } from './client';
import { DIALECTS, type Dialect, requestAttempt } from './requests';
import { ServerError } from './server-error';

/** Which way to make a root token this server speaks, and the attempt that it tells of. */
export interface Found {
  readonly dialect: Dialect;
  readonly attempt: Attempt;
  readonly date: Date | null;
}

/**
 * Asks for the current attempt in one dialect after the other until the server understands. The first is
 * asked without the configured token, the others with it. Throws `ServerError`: 'token-needed',
 * 'token-refused', 'unsupported', 'sealed', …
 */
export async function findDialect(client: ServerClient): Promise<Found> {
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
    throw new ServerError(
      'unsupported',
      `${client.address} offers no way to make a root token from shares. OpenBao 2.5.3 and later turns it off: set disable_unauthed_generate_root_endpoints = false in its listener for the time of the ceremony, or use OpenBao 2.6 with a token.`,
    );
  }
  refuseComplaint(answer, client.address);
  throw new ServerError('unsupported', `${client.address} offers no way to make a root token from shares.`);
}

async function ask(client: ServerClient, dialect: Dialect): Promise<Answer> {
  return readAnswer(await requestAttempt(client, dialect), client.address);
}

const found = (client: ServerClient, dialect: Dialect, answer: Answer): Found => ({
  dialect,
  attempt: readAttempt(answer, client.address),
  date: answer.date,
});

/** In a namespace of OpenBao the open endpoints are off (docs/server-facts.md, "Namespaces"). */
const isUnsupported = ({ status, complaint }: Answer): boolean =>
  /unsupported (operation|path)|no handler for route|unavailable in namespaces/i.test(complaint) ||
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
