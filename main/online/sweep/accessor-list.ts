import { type Answer, readAnswer, readList, refuseComplaint } from '../server/answer';
import type { ServerClient } from '../server/client';
import { requestAccessors } from '../server/requests';
import { ServerError } from '../server/server-error';
import { asking } from '../token/asked-again';
import { LiveTokenError } from '../token/live-token-error';
import { policyFor } from '../token/token-policy';

/** Accessors that the server gave at once. */
export interface AccessorPage {
  readonly accessors: readonly string[];
  /** How many tokens the server says it has an entry of that it can't read: nothing more is known of them. */
  readonly unreadable: number;
  /** Whether there are no more. */
  readonly last: boolean;
}

export interface PageOptions {
  /** How many accessors a page holds, where the server gives pages. */
  readonly page?: number | undefined;
  /** Nobody waits for more any longer. */
  readonly signal?: AbortSignal | undefined;
}

/** How many accessors a page holds, where the server gives them by the page. */
const PAGE = 1000;

/**
 * The accessors of all tokens of a server, or of its namespace by the settings: a page at a time where it
 * lists so, else all at once. Tokens that are made meanwhile may be missing. Throws `LiveTokenError`
 * 'list-refused', and `ServerError`.
 */
export async function* accessorPages(
  client: ServerClient,
  { page: limit = PAGE, signal }: PageOptions = {},
): AsyncGenerator<AccessorPage> {
  let after = '';
  let before: ReadonlySet<string> = new Set();
  for (;;) {
    const { keys, warnings } = readList(await list(client, { after, limit }, signal), client.address);
    // A server that knows no pages gives the same ones again, whatever was asked for.
    const accessors = keys.filter((key) => !before.has(key));
    const next = accessors.at(-1);
    // A page that isn't full may still not be the last: entries that can't be read are missing from it.
    const last = keys.length > limit || next === undefined || warnings.some(knowsNoPages);
    yield { accessors, unreadable: warnings.filter(isUnreadable).length, last };
    if (last || next === undefined) return;
    after = next;
    before = new Set(keys);
  }
}

/** As Vault and OpenBao say it of a list that comes at once, whatever was asked for. */
const knowsNoPages = (warning: string): boolean =>
  /ignored these unrecognized parameters: \[[^\]]*\blimit\b/i.test(warning);

/** As Vault and OpenBao say it, one warning an entry. What else they warn of is about the request. */
const isUnreadable = (warning: string): boolean =>
  /accessor entry (that could not be|missing)/i.test(warning);

async function list(
  client: ServerClient,
  page: { readonly after: string; readonly limit: number },
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const answer = await asking(
    async () => readAnswer(await requestAccessors(client, page), client.address),
    signal,
  );
  // Where there is nothing to list, the servers answer so, without a complaint.
  if (answer.ok || (answer.status === 404 && answer.complaint === '')) return answer;
  try {
    refuseComplaint(answer, client.address);
  } catch (error) {
    if (!(error instanceof ServerError && error.code === 'token-refused')) throw error;
    throw new LiveTokenError(
      'list-refused',
      `${client.address} refuses the list of accessors (${answer.complaint}). It wants a server token that is valid and whose policy has: ${policyFor('list')} Or ask with a root token.`,
      'Give it with VAULT_TOKEN (or BAO_TOKEN), or --server-token-file.',
    );
  }
  return answer;
}
