import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Core, route } from '../router';
import { ConnectionLost, Refusal, type Reply } from './reply';

/** Bytes of a request's body, as Vault's listener takes them. */
const MAX_BODY = 32 * 1024 * 1024;

/**
 * Handles requests one after another: an attempt must not change while a share of it is being looked at.
 * Never rejects: what cannot be answered ends the connection.
 */
export function inTurn(core: Core) {
  let before: Promise<void> = Promise.resolve();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request);
      before = before.catch(() => undefined).then(() => respond(core, request, response, body));
      await before;
    } catch {
      response.destroy();
    }
  };
}

async function respond(core: Core, request: IncomingMessage, response: ServerResponse, body: string | null) {
  let reply: Reply;
  try {
    if (body === null) throw new Refusal(413, 'http: request body too large');
    const [path = '', query] = (request.url ?? '').split('?', 2);
    reply = await route(core, {
      method: request.method ?? '',
      path,
      query: new URLSearchParams(query),
      token: tokenOf(request),
      namespace: namespaceOf(request),
      body,
    });
  } catch (error) {
    if (error instanceof ConnectionLost) {
      response.destroy();
      return;
    }
    if (!(error instanceof Refusal)) throw error;
    reply = error.reply;
  }
  send(response, reply, namespaceOf(request));
}

/** The body as text; `null` if it is too long. Rejects when the client goes away. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  }
  return length > MAX_BODY ? null : Buffer.concat(chunks).toString('utf8');
}

function tokenOf(request: IncomingMessage): string {
  const header = request.headers['x-vault-token'];
  if (typeof header === 'string' && header !== '') return header;
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
}

function namespaceOf(request: IncomingMessage): string {
  const header = request.headers['x-vault-namespace'];
  return typeof header === 'string' ? header : '';
}

function send(response: ServerResponse, reply: Reply, namespace: string): void {
  const text = bodyOf(reply);
  response.setHeader('Cache-Control', 'no-store');
  if (namespace !== '') response.setHeader('X-Vault-Namespace', namespace);
  for (const [name, value] of Object.entries(reply.headers ?? JSON_HEADERS)) response.setHeader(name, value);
  response.statusCode = reply.status;
  if (text !== '') response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

const bodyOf = ({ text, json }: Reply): string =>
  text ?? (json === undefined ? '' : `${JSON.stringify(json)}\n`);
