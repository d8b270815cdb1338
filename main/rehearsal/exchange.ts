import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ConnectionLost, Refusal, type Reply } from './reply';
import { parseTarget } from './request-target';
import { type Core, route } from './router';

const MAX_BODY = 32 * 1024 * 1024;

/** Handles requests one after another: an attempt must not change while a share of it is being looked at. */
export function inTurn(core: Core) {
  let before: Promise<void> = Promise.resolve();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body = await readBody(request);
      before = before.catch(() => undefined).then(() => respond(core, request, response, body));
      await before;
    } catch (error) {
      if (error instanceof URIError) refuseUnread(error, request.socket);
      else response.destroy();
    }
  };
}

async function respond(core: Core, request: IncomingMessage, response: ServerResponse, body: string | null) {
  let reply: Reply;
  try {
    if (body === null) throw new Refusal(413, 'http: request body too large');
    reply = await route(core, {
      method: request.method ?? '',
      target: parseTarget(request.url ?? '/'),
      token: tokenOf(request),
      contentType: request.headers['content-type'] ?? '',
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
  send(response, reply, request.headers['x-vault-namespace']);
}

/** The body, one character a byte; `null` if it is too long. Gives up when the client goes away. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  }
  return length > MAX_BODY ? null : Buffer.concat(chunks).toString('latin1');
}

function tokenOf(request: IncomingMessage): string {
  const header = request.headers['x-vault-token'];
  if (typeof header === 'string' && header !== '') return header;
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? '';
}

function send(response: ServerResponse, reply: Reply, namespace: string | string[] | undefined): void {
  const text = bodyOf(reply);
  response.setHeader('Cache-Control', 'no-store');
  if (typeof namespace === 'string' && namespace !== '') response.setHeader('X-Vault-Namespace', namespace);
  for (const [name, value] of Object.entries(reply.headers ?? JSON_HEADERS)) response.setHeader(name, value);
  response.statusCode = reply.status;
  if (text !== '') response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

const bodyOf = ({ text, json }: Reply): string => text ?? (json === undefined ? '' : `${goJson(json)}\n`);

/**
 * Answers what Node's parser gives up on, and closes the connection. Methods that Node doesn't know, `LIST` among them,
 * get what Vault says of them on a path of its API.
 */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, type, text] =
    error.code === 'HPE_INVALID_METHOD'
      ? [
          '405 Method Not Allowed',
          'application/json\r\nCache-Control: no-store',
          bodyOf(new Refusal(405).reply),
        ]
      : ['400 Bad Request', 'text/plain; charset=utf-8', '400 Bad Request'];
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`,
  );
}

/** JSON as Go writes it, which escapes what could be taken for HTML. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
