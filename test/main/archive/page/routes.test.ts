import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from '../../../../main/archive/archive';
import type { Answering } from '../../../../main/archive/page/page-server';
import { pageRoutes } from '../../../../main/archive/page/routes';
import type { Place } from '../../../../main/archive/place/place';
import type { PageDays, PageList, PageOverview, PageTokens } from '../../../../shared/archive/page';
import { ENGINES, newAddress, usePostgres } from '../fixtures';
import { idOf, manyCeremonies } from './many-ceremonies';

const COUNT = 1000;
let folder = '';
let place: Place;
let answer: Answering;
async function json<T>(path: string, query = ''): Promise<T> {
  const { status, body } = await answer(path, new URLSearchParams(query));
  expect({ status, body }).toMatchObject({ status: 200 });
  return JSON.parse(String(body)) as T;
}

usePostgres();

describe.each(ENGINES)('%s', (engine) => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'airlock-page-routes-'));
    mkdirSync(join(folder, 'page/assets'), { recursive: true });
    writeFileSync(join(folder, 'page/index.html'), '<p>page</p>');
    writeFileSync(join(folder, 'page/assets/main.js'), 'script');
    writeFileSync(join(folder, 'secret.js'), 'not to be had');
    place = await openArchive(await manyCeremonies(newAddress(engine, folder), COUNT), 'read');
    answer = pageRoutes(place, join(folder, 'page'));
  }, 120_000);
  afterAll(async () => {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a thousand ceremonies are listed part by part, each once, the newest first', async () => {
    const ids: string[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const list: PageList = await json('api/ceremonies', before === undefined ? '' : `before=${before}`);
      expect(list.count).toBe(COUNT);
      ids.push(...list.ceremonies.map(({ id }) => id));
      before = list.next;
    }
    expect(ids).toEqual(Array.from({ length: COUNT }, (_, i) => idOf(COUNT - 1 - i)));
  });

  test('a word is found while it is typed, with what is asked besides', async () => {
    expect(await json('api/ceremonies', 'words=quarterly 99')).toMatchObject({ count: 11 });
    expect(await json('api/ceremonies', 'words=quart chg-7')).toMatchObject({ count: 111 });
    expect(await json('api/ceremonies', 'notRevoked=1&rehearsal=0')).toMatchObject({ count: 10 });
    expect(await json('api/ceremonies', 'person=cy')).toMatchObject({ count: 750 });
    expect(await json('api/ceremonies', 'from=2024-01-03&to=2024-01-05')).toMatchObject({ count: 3 });
    // What is not in its form yet asks for nothing.
    expect(await json('api/ceremonies', 'from=2024-&verdict=prov&before=x')).toMatchObject({ count: COUNT });
  });

  test('what needs attention is counted whole, and the page says who never rehearsed', async () => {
    const { ceremonies, rehearsals, verdicts, attention, people } = await json<PageOverview>('api/overview');
    expect({ ceremonies, rehearsals, verdicts }).toEqual({
      ceremonies: 750,
      rehearsals: 250,
      verdicts: { proven: 736, incomplete: 10, broken: 4 },
    });
    expect(attention.map(({ concern, count }) => [concern, count])).toEqual([
      ['not-revoked', 10],
      ['contradiction', 4],
    ]);
    expect(people.map(({ name, ceremonies, rehearsals }) => [name, ceremonies, rehearsals])).toEqual([
      ['Ada', 750, 250],
      ['Ben', 750, 250],
      ['Cy', 750, 0],
    ]);
    const { days } = await json<PageDays>('api/days', 'year=2025');
    expect(days).toHaveLength(365);
    expect(days[0]).toEqual({ day: '2025-01-01', ceremonies: 1, rehearsals: 0 });
  });

  test('a root token is found in each period in which it was there, with whose hands it was in', async () => {
    const march = await json<PageTokens>('api/tokens', 'from=2026-03-01&to=2026-03-31');
    const there = march.lives.filter(({ died }) => died !== '');
    const made = there.map(({ made }) => made.slice(0, 10));
    expect(made.every((day) => day.startsWith('2026-03-'))).toBe(true);
    expect(made.length).toBeGreaterThan(20);
    // Those of which nothing proves that they are dead are there ever since, also those of years before.
    expect(march.lives.length - there.length).toBe(9);
    expect(march.count).toBe(march.lives.length);
    for (const { ceremony, holders, tellers, witnesses, seconds, died } of march.lives) {
      expect(ceremony.rehearsal).toBe(false);
      expect(holders).toEqual([{ name: 'Ada', role: 'custodian', opened: true }]);
      expect(tellers).toEqual(died === '' ? [] : [{ name: 'Ben', role: 'custodian' }]);
      expect(witnesses).toEqual([]);
      expect(seconds).toBe(died === '' ? null : 540);
    }
    const all = await json<PageTokens>('api/tokens', 'from=2026-03-01&to=2026-03-31&rehearsal=1');
    expect(all.count).toBeGreaterThan(march.count);
    expect(await json('api/tokens', 'to=2023-12-31')).toEqual({ count: 0, lives: [], next: null });
    const first = await json<PageTokens>('api/tokens');
    const next = await json<PageTokens>('api/tokens', `before=${first.next}`);
    expect(next.count).toBe(750);
    expect(Date.parse(next.lives[0]?.made ?? '')).toBeLessThan(Date.parse(first.lives.at(-1)?.made ?? ''));
  });

  test('only the files of the page are to be had, and what isn’t there is said in a sentence', async () => {
    const none = new URLSearchParams();
    expect(await answer('', none)).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(await answer('assets/main.js', none)).toMatchObject({ status: 200 });
    for (const path of [
      '../secret.js',
      'assets/../../secret.js',
      '..%2fsecret.js',
      'index.html',
      'api/',
      'assets/',
    ])
      expect({ path, ...(await answer(path, none)) }).toMatchObject({ path, status: 404 });
    const { status, body } = await answer(`api/ceremony/${'f'.repeat(32)}`, none);
    expect({ status, ...JSON.parse(String(body)) }).toMatchObject({ status: 404, error: 'unknown-ceremony' });
    expect(() => pageRoutes(place, folder)).toThrow(/page’s own files are not where this program lies/);
  });
});
