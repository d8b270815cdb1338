import type { IncomingMessage, ServerResponse } from 'node:http';
import { startFake } from '../proxy';

/** A token as a server of the test's own tells of it. */
export interface FakeToken {
  readonly accessor: string;
  readonly policies?: readonly string[];
  readonly path?: string;
}

export interface TokenServerOptions {
  readonly tokens: readonly FakeToken[];
  /** Gives a page at a time, as the query asks. */
  readonly pages?: boolean;
  /** Milliseconds before a lookup is answered. */
  readonly delayMs?: number;
  /** True: the test has dealt with this request itself. */
  readonly intercept?: (path: string, body: string, response: ServerResponse) => boolean;
}

export interface TokenServer {
  readonly address: string;
  /** Method and path of every request, in order. */
  readonly asked: readonly string[];
  /** How often each accessor was looked up. */
  readonly lookedUp: ReadonlyMap<string, number>;
  /** The most lookups that waited for an answer at once, and over how many connections all came. */
  readonly atOnce: () => number;
  readonly connections: () => number;
}

const json = { 'content-type': 'application/json' };

/** A server that lists and looks up tokens. */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const { tokens, pages = false, delayMs = 3, intercept = () => false } = options;
  const lookedUp = new Map<string, number>();
  const sockets = new Set<unknown>();
  let waiting = 0;
  let most = 0;
  const { address, asked } = await startFake((request, body, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const path = url.pathname.slice('/v1/'.length);
    if (intercept(path, body, response)) return;
    if (path === 'auth/token/lookup-self') return answer(response, dataOf({ accessor: 'asker' }));
    if (path === 'auth/token/accessors') return list(url.searchParams, response);
    if (path === 'auth/token/lookup-accessor') return lookUp(request, body, response);
    response.writeHead(404, json).end('{"errors":["no handler for route"]}');
  });

  function list(query: URLSearchParams, response: ServerResponse): void {
    const all = tokens.map(({ accessor }) => accessor);
    const from = all.indexOf(query.get('after') ?? '') + 1;
    const keys = pages ? all.slice(from, from + Number(query.get('limit'))) : all;
    if (keys.length === 0) response.writeHead(404, json).end('{"errors":[]}');
    else answer(response, { keys });
  }

  function lookUp(request: IncomingMessage, body: string, response: ServerResponse): void {
    const { accessor } = JSON.parse(body) as { accessor: string };
    lookedUp.set(accessor, (lookedUp.get(accessor) ?? 0) + 1);
    sockets.add(request.socket);
    waiting += 1;
    most = Math.max(most, waiting);
    setTimeout(() => {
      waiting -= 1;
      const token = tokens.find((each) => each.accessor === accessor);
      if (token === undefined) response.writeHead(403, json).end('{"errors":["invalid accessor"]}');
      else answer(response, dataOf(token));
    }, delayMs);
  }

  return { address, asked, lookedUp, atOnce: () => most, connections: () => sockets.size };
}

const answer = (response: ServerResponse, data: object): void =>
  void response.writeHead(200, json).end(JSON.stringify({ data }));

const dataOf = ({ accessor, policies = ['default'], path = 'auth/token/create' }: FakeToken) => ({
  accessor,
  policies,
  path,
  display_name: 'token',
  creation_time: 1_790_000_000,
  ttl: 0,
});
