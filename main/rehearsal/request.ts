import { parseGoBool } from './go-bool';
import { utf8Text } from './go-json';
import { type JsonObject, parseBody } from './json-body';
import { Refusal } from './reply';
import type { RequestTarget } from './request-target';
import type { Operation } from './token-paths';

/** A request, its body read. */
export interface Request {
  readonly method: string;
  readonly target: RequestTarget;
  readonly token: string;
  readonly contentType: string;
  /** One character a byte: Vault's errors name bytes. */
  readonly body: string;
}

/** Whether a GET asks for a list. Throws `Refusal` 400 where that can't be told, on any path. */
export function asksForList({ method, target }: Request): boolean {
  const list = target.query.get('list') ?? '';
  if (method !== 'GET' || list === '') return false;
  const listing = parseGoBool(list);
  if (listing === null) throw new Refusal(400);
  return listing;
}

/** What the method means and what came with it, as Vault reads it before anything else. Throws `Refusal` 4xx. */
export function readRequest(request: Request): { operation: Operation; body: JsonObject | null } {
  const query = new URLSearchParams(request.target.query);
  switch (request.method) {
    case 'GET': {
      const listing = asksForList(request);
      if (listing) query.delete('list');
      return { operation: listing ? 'list' : 'read', body: queryBody(query) };
    }
    case 'POST':
    case 'PUT':
      return {
        operation: 'update',
        body: isForm(request) ? parseForm(request.body) : parseBody(request.body),
      };
    case 'DELETE':
      return { operation: 'delete', body: queryBody(query) };
    case 'HEAD':
    case 'OPTIONS':
      return { operation: 'other', body: null };
    case 'PATCH':
      checkPatch(request.contentType);
      return { operation: 'patch', body: parsePatch(request.body) };
    default:
      throw new Refusal(405);
  }
}

function queryBody(query: URLSearchParams): JsonObject | null {
  return query.size === 0 ? null : Object.fromEntries(query);
}

/** A form is what says so and doesn't look like JSON: `curl -d` says so of anything. */
function isForm({ contentType, body }: Request): boolean {
  return mediaType(contentType) === 'application/x-www-form-urlencoded' && !/^[ \t\r\n]*[[{]/.test(body);
}

function parseForm(body: string): JsonObject | null {
  if (/%(?![\da-f]{2})|;/i.test(body)) throw new Refusal(400, 'error parsing form data');
  const form = new URLSearchParams(utf8Text(body));
  return form.size === 0
    ? null
    : Object.fromEntries([...form.keys()].map((name) => [name, form.getAll(name).join(',')]));
}

function checkPatch(contentType: string): void {
  const expected = 'application/merge-patch+json';
  const type = mediaType(contentType);
  if (type === '') throw new Refusal(400, 'mime: no media type');
  if (type !== expected) {
    throw new Refusal(415, `PATCH requires Content-Type of ${expected}, provided ${type}`);
  }
}

function parsePatch(body: string): JsonObject | null {
  try {
    return parseBody(body);
  } catch {
    throw new Refusal(400, 'error parsing JSON');
  }
}

const mediaType = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();
