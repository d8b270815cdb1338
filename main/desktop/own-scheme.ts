import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, pagePolicy, permissionsPolicy } from './content-security-policy';
import { isOwnAddress, ownScheme, pageAddress, pathInside } from './own-address';

/** To be called before the app is ready. */
export function declareOwnScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the files of `folder`, and no others, under the own scheme of a session. `page`: the window's page
 * in the place of the file of that name, where it isn't null.
 */
export function serveOwnScheme(session: Session, folder: string, page: () => Buffer | null): void {
  serve(session, (method, url) => answer(folder, page, method, url));
}

/**
 * Serves pages made in memory, and nothing else, under the own scheme of a session: by path ("/card.html"),
 * as they are at the time. They may load each other's style sheets; scripts don't run there.
 */
export function serveOwnPages(session: Session, pages: ReadonlyMap<string, Buffer>): void {
  serve(session, async (method, url) => {
    const { pathname } = new URL(url);
    const body = method === 'GET' && isOwnAddress(url) ? pages.get(pathname) : undefined;
    const type = contentTypes[extname(pathname)];
    if (body === undefined || type === undefined) return refusal;
    return {
      status: 200,
      headers: { ...headers(type), 'Content-Security-Policy': pagePolicy },
      body,
    };
  });
}

type Answer = (method: string, url: string) => Promise<OwnResponse>;

function serve(session: Session, answer: Answer): void {
  // Electron 25 and later also have `handle`, and plan to drop this one. But `handle` has Node read its whole
  // `Response` first, and a window waits for that: 70 ms at a start of 800.
  if (typeof session.protocol.registerBufferProtocol === 'function') {
    session.protocol.registerBufferProtocol(ownScheme, (request, callback) => {
      void answer(request.method, request.url).then(({ status, headers, body }) =>
        callback({ statusCode: status, headers, data: body }),
      );
    });
    return;
  }
  session.protocol.handle(ownScheme, async (request) => {
    const { status, headers, body } = await answer(request.method, request.url);
    return new Response(new Uint8Array(body), { status, headers });
  });
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface OwnResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

async function answer(
  folder: string,
  page: () => Buffer | null,
  method: string,
  url: string,
): Promise<OwnResponse> {
  const path = method === 'GET' ? pathInside(folder, url) : null;
  const type = path === null ? undefined : contentTypes[extname(path)];
  if (path === null || type === undefined) return refusal;
  try {
    return {
      status: 200,
      headers: headers(type),
      body: (url === pageAddress ? page() : null) ?? (await readFile(path)),
    };
  } catch {
    return refusal;
  }
}

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': permissionsPolicy,
  'Cache-Control': 'no-store',
});

const refusal: OwnResponse = {
  status: 404,
  headers: headers('text/html; charset=utf-8'),
  body: Buffer.alloc(0),
};
