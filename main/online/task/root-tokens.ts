import { z } from 'zod';
import { readAnswer, readTokenFacts, refuseComplaint } from '../server/answer';
import type { RawAnswer, ServerClient } from '../server/client';
import { requestTask } from '../server/requests';
import { ServerError } from '../server/server-error';
import { isUnknownAccessor } from '../token/lookup';
import { isRootToken } from '../token/root-token-found';

const listed = z.object({ keys: z.array(z.string().max(300)) });

/** How many accessors are looked up at once. */
const atOnce = 8;

/** How many root tokens a line names. */
const named = 4;

/**
 * The root tokens among the accessors that the server has listed, as a sentence. `own`: accessor of the token
 * that asks. Throws `ServerError`.
 */
export async function rootTokens(
  client: ServerClient,
  token: Uint8Array,
  list: RawAnswer,
  own: string,
): Promise<string> {
  const parsed = listed.safeParse(readAnswer(list, client.address).json['data']);
  if (!parsed.success) {
    throw new ServerError(
      'not-a-server',
      `${client.address} has listed its accessors in no form that is known.`,
    );
  }
  const others = parsed.data.keys.filter((accessor) => accessor !== own);
  const roots: string[] = [];
  for (let from = 0; from < others.length; from += atOnce) {
    const some = others.slice(from, from + atOnce);
    const facts = await Promise.all(some.map((accessor) => lookedUp(client, token, accessor)));
    roots.push(...facts.flatMap((each) => (each !== null && isRootToken(each) ? [each.accessor] : [])));
  }
  if (roots.length === 0) return 'No root token is there besides this one.';
  const shown = roots.slice(0, named).join(', ');
  const more = roots.length > named ? ` and ${roots.length - named} more` : '';
  return `Besides this one there ${roots.length === 1 ? 'is one root token' : `are ${roots.length} root tokens`}: ${shown}${more}.`;
}

/**
 * Null: it has ended since it was listed. That the server can't tell of one is no such thing: a root token
 * might be passed over. Throws `ServerError`.
 */
async function lookedUp(client: ServerClient, token: Uint8Array, accessor: string) {
  const body = JSON.stringify({ accessor });
  const answer = readAnswer(
    await requestTask(client, token, 'POST', 'auth/token/lookup-accessor', body),
    client.address,
  );
  if (answer.ok) return readTokenFacts(answer, client.address);
  if (!isUnknownAccessor(answer)) refuseComplaint(answer, client.address);
  return null;
}
