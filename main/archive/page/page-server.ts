import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path of the page is answered with. */
export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  /** The content security policy that it is shown under. */
  readonly policy: string;
}

/** Answers a path below the key, without the key: `''`, `assets/main.js`, `api/overview`. Never rejects. */
export type Answering = (path: string, query: URLSearchParams) => Promise<PageAnswer>;

export interface PageServer {
  /** With the key: whoever knows it can read the archive for as long as the server runs. */
  readonly address: string;
  close(): Promise<void>;
}

/** What is no page may show and load nothing. */
export const nothingPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/**
 * Serves on 127.0.0.1 alone, at a free port, to whoever knows the key (256 random bits, base64url) that the
 * path begins with. Nothing can be changed through it: it takes GET and HEAD, and no body.
 *
 * Any program and any web page on the machine can reach a port of loopback. Other users don't know the key:
 * it is printed once, and stands in no argument of a program. A page of another origin that has made its own
 * name point to 127.0.0.1 (DNS rebinding) is told apart by the name in `Host`, and one that frames or embeds
 * what is here is refused by the browser, by the headers below. No answer is kept in a browser's cache, and
 * none names its address to others.
 */
export async function servePage(answer: Answering): Promise<PageServer> {
  const key = randomBytes(32).toString('base64url');
  let port = 0;
  const server = createServer((request, response) => {
    void respond(request, response, port, key, answer).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${port}/${key}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  key: string,
  answer: Answering,
): Promise<void> {
  const { status, type, body, policy } = await answerTo(request, port, key, answer);
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), clipboard-read=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answerTo(
  { headers, method, url = '' }: IncomingMessage,
  port: number,
  key: string,
  answer: Answering,
): Promise<PageAnswer> {
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`)
    return refusal(403, 'This is no address of this page.');
  const [, given = '', path] = /^\/([^/?#]*)(?:\/([^?#]*))?/.exec(url) ?? [];
  // Whoever doesn't know the key learns nothing of what there is.
  if (path === undefined || !isSame(given, key)) return refusal(404, 'There is nothing here.');
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'This page can only be read.');
  const at = url.indexOf('?');
  return answer(path, new URLSearchParams(at < 0 ? '' : url.slice(at + 1)));
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** An answer in a sentence. */
export const refusal = (status: number, sentence: string): PageAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${sentence}\n`,
  policy: nothingPolicy,
});
