import type { Reply } from './reply';

/** What a request line asks for. */
export interface RequestTarget {
  /** The path as it came, percent-encoded. */
  readonly encoded: string;
  /** The path, decoded. */
  readonly path: string;
  /** Without the `?`. */
  readonly search: string;
  readonly query: URLSearchParams;
}

/** Patterns that Vault's router ends in a slash, so that it sends there whoever leaves it out (`http/handler.go`). */
const FOLDERS = ['/v1', '/v1/sys', '/v1/sys/config/state', '/v1/sys/pprof'];

/** Parses a path with a query, or a whole URL. Throws `URIError` where the path's percent-encoding is broken. */
export function parseTarget(text: string): RequestTarget {
  const [, encoded = '', search = ''] = /^(?:https?:\/\/[^/?]*)?([^?]*)\??(.*)$/s.exec(text) ?? [];
  return { encoded, path: decodeURIComponent(encoded), search, query: new URLSearchParams(search) };
}

/** Go's router answers for any path but the shortest form of it with a redirect there; `null` where there is none. */
export function redirectOf(method: string, target: RequestTarget): Reply | null {
  const clean = cleanPath(target.encoded);
  const path = FOLDERS.includes(clean) ? `${clean}/` : clean;
  if (path === target.encoded) return null;
  // Go encodes the path anew, though it was encoded already.
  const location = path.replaceAll('%', '%25') + (target.search === '' ? '' : `?${target.search}`);
  const page = method === 'GET' || method === 'HEAD';
  return {
    status: 307,
    headers: { Location: location, ...(page ? { 'Content-Type': 'text/html; charset=utf-8' } : {}) },
    ...(page ? { text: `<a href="${escapeHtml(location)}">Temporary Redirect</a>.\n\n` } : {}),
  };
}

/** The path without empty parts, `.` and `..`. */
function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  const clean = `/${kept.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');
