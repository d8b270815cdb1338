import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstScreen, firstScreenFiles, nameHere } from '../../../main/desktop/first-screen';
import { draw as drawOffline } from '../../../renderer/offline/first-screen';
import { draw as drawOnline } from '../../../renderer/online/first-screen';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-first-screen-'));
  writeFileSync(join(folder, firstScreenFiles.firstStart), drawOffline({ name: null }));
  writeFileSync(join(folder, firstScreenFiles.unlock), drawOffline({ name: nameHere }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = (name: string | null): string => firstScreen(folder, { name }).toString('utf8');

test.each([
  ['air-gapped app', drawOffline],
  ['online station', drawOnline],
])('the first screens of the %s are drawn without a window', (_app, draw) => {
  expect(draw({ name: null })).toContain('Who works at this station?');
  expect(draw({ name: nameHere }).split(nameHere)).toHaveLength(2);
});

test('the page says whose station it is, as the page’s own script would', () => {
  expect(page(null)).toBe(drawOffline({ name: null }));
  for (const name of [
    'Ada',
    'Zoë Ångström',
    '李四',
    '<b>"Tom" & \'Ann\'</b>',
    '$&$1$`',
    '</h1><script>x()</script>',
  ])
    expect(page(name)).toBe(drawOffline({ name }));
});

test('no name becomes markup', () => {
  expect(page('<img src=x onerror=x()>')).not.toContain('<img');
});
