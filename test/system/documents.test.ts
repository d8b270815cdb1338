import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** How a path of this repository begins. One of a server's API, or of Vault's sources, begins otherwise. */
const OURS =
  /^(main|preload|renderer|shared|test|docs|\.ci)\/|^\.?[\w-]+(\.[\w-]+)*\.(md|cjs|mjs|ts|json|yml)$/;

/** Files and folders of this repository that a text names: in code marks, or as a link. */
function pathsIn(text: string): string[] {
  const marked = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => OURS.test(code));
  return [...new Set(marked)].map((path) => path.replace(/[*?].*$/, ''));
}

const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);

/** Headings of a document, without their marks. */
const headingsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** Every text file of ours in which a comment may cite a document. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (path === 'test/out') return [];
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|tsx|mjs|cjs|css|sh|go)$/.test(path) ? [path] : [];
  });
}

describe.each(documents)('%s', (name) => {
  const text = read(name);

  test('names only files and folders that are there', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('links only to what is there', () => {
    expect(linksIn(text).filter((link) => !existsSync(join(root, dirname(name), link)))).toEqual([]);
  });
});

test('CONTRIBUTING names enough of the tree to be checked', () => {
  expect(pathsIn(read('CONTRIBUTING.md')).length).toBeGreaterThan(60);
});

test('every room of the sources has its line in CONTRIBUTING', () => {
  const named = new Set(pathsIn(read('CONTRIBUTING.md')));
  const folders = [
    'main',
    'shared',
    'renderer/offline',
    'renderer/online',
    'renderer/parts',
    'main/offline',
    'main/online',
    'main/cli',
  ];
  const rooms = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}/`),
  );
  expect(rooms.filter((room) => !named.has(room))).toEqual([]);
});

test('a comment that cites a document cites a heading that it has', () => {
  const headings = new Map(documents.map((name) => [name, headingsIn(read(name))]));
  const citation = /(docs\/[\w-]+\.md),\s+(?:(?:\/\/|\*|#)\s+)?["“]([^"”\n]+)["”]/g;
  const wrong = ['main', 'preload', 'renderer', 'shared', 'test']
    .flatMap(sources)
    .flatMap((path) =>
      [...read(path).matchAll(citation)]
        .filter(([, document = '', heading = '']) => !headings.get(document)?.includes(heading))
        .map(([whole]) => `${path}: ${whole}`),
    );
  expect(wrong).toEqual([]);
});
