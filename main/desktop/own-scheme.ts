import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from './content-security-policy';

const SCHEME = 'airlock';

/** Where every screen lives. Nothing else is loaded, and nothing else may call the main process. */
export const ownOrigin = `${SCHEME}://app`;

/** Whether an address belongs to the app itself. Node's `URL` gives own schemes no origin, hence the comparison. */
export function isOwnAddress(url: string): boolean {
  return url.startsWith(`${ownOrigin}/`);
}

/** Before the app is ready: an own scheme instead of `file://`, whose pages may read any file on the laptop. */
export function declareOwnScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files of `folder`, and no others, under the own scheme of a session. */
export function serveOwnScheme(session: Session, folder: string): void {
  // Electron 25 and later have `handle` and plan to drop the other; the tests also run on 22.
  if (typeof session.protocol.handle === 'function') {
    session.protocol.handle(SCHEME, async (request) => {
      const { status, headers, body } = await answer(folder, request.method, request.url);
      return new Response(new Uint8Array(body), { status, headers });
    });
    return;
  }
  session.protocol.registerBufferProtocol(SCHEME, (request, callback) => {
    void answer(folder, request.method, request.url).then(({ status, headers, body }) =>
      callback({ statusCode: status, headers, data: body }),
    );
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

async function answer(folder: string, method: string, url: string): Promise<OwnResponse> {
  const path = method === 'GET' ? pathInside(folder, url) : null;
  const type = path === null ? undefined : contentTypes[extname(path)];
  if (path === null || type === undefined) return refusal;
  try {
    return { status: 200, headers: headers(type), body: await readFile(path) };
  } catch {
    return refusal;
  }
}

/** The file that an address means, or null where it means none inside `folder`. */
export function pathInside(folder: string, url: string): string | null {
  if (!isOwnAddress(url)) return null;
  try {
    const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
});

const refusal: OwnResponse = {
  status: 404,
  headers: headers('text/html; charset=utf-8'),
  body: Buffer.alloc(0),
};
