import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AirlockError } from '../../../shared/airlock-error';
import type { PageList, PageProblem, PageTokens } from '../../../shared/archive/page';
import { ArchiveError, type ArchiveErrorCode } from '../archive-error';
import { ceremonyDetail } from '../ceremony';
import { ceremonyFiles } from '../export';
import type { Place } from '../place/place';
import { countCeremonies, type Filter, listCeremonies } from '../query';
import { reportOf } from '../report';
import { isPicture, pageCeremony, pageDetail, pageJournals } from './ceremony-json';
import { daysOf, overviewOf } from './overview';
import { type Answering, nothingPolicy, type PageAnswer, refusal } from './page-server';
import { tokenLives } from './token-lives';

/** The page loads its own files and answers, and shows reports in a frame; nothing of another origin. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A report has a style sheet in it, and pictures beside it; its own policy says which style sheet. */
const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const LIMIT = 100;

/**
 * Answers for an archive. `folder`: the built page, which is read once. Paths: `''` and `assets/…` are the
 * page, `api/…` is JSON (shared/archive/page.ts), `ceremony/ID/report.html` is a ceremony's report, and
 * `ceremony/ID/qr/NAME.png` a picture of it.
 */
export function pageRoutes(place: Place, folder: string): Answering {
  const files = builtPage(folder);
  return async (path, query) => {
    try {
      return files.get(path) ?? (await evidence(place, path)) ?? (await api(place, path, query));
    } catch (error) {
      if (error instanceof ArchiveError) return problem(STATUS[error.code] ?? 500, error);
      if (error instanceof AirlockError) return problem(500, error);
      return problem(500, {
        code: 'place-unusable',
        message: 'The archive can’t be read just now. Try again; what is kept in it is not touched.',
      });
    }
  };
}

const STATUS: Partial<Record<ArchiveErrorCode, number>> = {
  'unknown-ceremony': 404,
  'ambiguous-ceremony': 404,
  gone: 410,
};

/** The files of the page, by their paths. Throws `ArchiveError` where the program lies here without them. */
function builtPage(folder: string): ReadonlyMap<string, PageAnswer> {
  if (!existsSync(join(folder, 'index.html')))
    throw new ArchiveError(
      'no-page',
      `The page’s own files are not where this program lies (${folder}). Copy the whole folder of Airlock’s command line, and not single files of it.`,
    );
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const files = paths.flatMap((path): [string, PageAnswer][] => {
    const type = TYPES[extname(path)];
    if (type === undefined) return [];
    const answer = { status: 200, type, body: readFileSync(join(folder, path)), policy: pagePolicy };
    return [[path === 'index.html' ? '' : path, answer]];
  });
  return new Map(files);
}

/** What a ceremony's own folder is shown as; null for another path. */
async function evidence(place: Place, path: string): Promise<PageAnswer | null> {
  const [, id, file] = /^ceremony\/([0-9a-f]{32})\/(.+)$/.exec(path) ?? [];
  if (id === undefined || file === undefined) return null;
  const files = await ceremonyFiles(place, id, null);
  if (file === 'report.html')
    return { status: 200, type: TYPES['.html'] ?? '', body: await reportOf(files), policy: reportPolicy };
  const name = decoded(file);
  const picture = isPicture(name) ? files.find((each) => each.path === name) : undefined;
  return picture === undefined
    ? refusal(404, 'The ceremony has no such picture.')
    : { status: 200, type: 'image/png', body: picture.bytes, policy: nothingPolicy };
}

async function api(place: Place, path: string, query: URLSearchParams): Promise<PageAnswer> {
  const [, id] = /^api\/(?:ceremony|journals)\/([0-9a-f]{32})$/.exec(path) ?? [];
  if (id !== undefined)
    return path.startsWith('api/ceremony/')
      ? json(pageDetail(await ceremonyDetail(place, id)))
      : json(pageJournals(await ceremonyFiles(place, id, null)));
  switch (path) {
    case 'api/overview':
      return json(await overviewOf(place));
    case 'api/tokens':
      return json(await tokens(place, query));
    case 'api/days':
      return json(await daysOf(place, yearIn(query.get('year'))));
    case 'api/ceremonies':
      return json(await list(place, query));
    default:
      return refusal(404, 'There is nothing here.');
  }
}

async function list(place: Place, query: URLSearchParams): Promise<PageList> {
  const filter = filterIn(query);
  const before = wholeIn(query.get('before'));
  const rows = await listCeremonies(place, filter, { limit: LIMIT, ...(before === null ? {} : { before }) });
  return {
    count: await countCeremonies(place, filter),
    ceremonies: rows.map(pageCeremony),
    next: rows.length < LIMIT ? null : (rows.at(-1)?.place ?? null),
  };
}

function tokens(place: Place, query: URLSearchParams): Promise<PageTokens> {
  const { from, to, rehearsal } = filterIn(query);
  return tokenLives(place, { from, to, rehearsals: rehearsal === true }, LIMIT, wholeIn(query.get('before')));
}

/** What is asked for; what is not in its form asks for nothing, as it is while somebody types. */
function filterIn(query: URLSearchParams): Filter {
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined;
  const day = (name: string): number => Date.parse(`${text(name) ?? ''}T00:00:00Z`);
  const time = (ms: number): string | undefined =>
    Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
  const verdict = text('verdict');
  const words = text('words');
  return {
    // Each word may go on: it is searched for while it is typed.
    words: words
      ?.split(/\s+/)
      .map((word) => (word.endsWith('*') ? word : `${word}*`))
      .join(' '),
    from: time(day('from')),
    to: time(day('to') + 86_400_000),
    server: text('server'),
    person: text('person'),
    role: text('role'),
    ticket: text('ticket'),
    verdict: verdict === 'proven' || verdict === 'incomplete' || verdict === 'broken' ? verdict : undefined,
    notRevoked: query.get('notRevoked') === '1' || undefined,
    rehearsal: { '1': true, '0': false }[query.get('rehearsal') ?? ''],
    held: query.get('held') === '1' || undefined,
  };
}

const wholeIn = (text: string | null): number | null =>
  text !== null && /^\d{1,16}$/.test(text) ? Number(text) : null;

const yearIn = (text: string | null): string =>
  text !== null && /^\d{4}$/.test(text) ? text : String(new Date().getUTCFullYear());

const json = (value: unknown, status = 200): PageAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
  policy: nothingPolicy,
});

const problem = (status: number, { code, message }: { readonly code: string; readonly message: string }) =>
  json({ error: code, message } satisfies PageProblem, status);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
