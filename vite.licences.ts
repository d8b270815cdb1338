import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { BundledPart } from './shared/ipc/about';

/**
 * Notes which packages of others really are in an app's bundles, and writes them into `folder` with their
 * licences, as `licences.json`. The same notes serve all the builds of one app, workers included: each call
 * of `plugin` is a plugin of one of them.
 */
export function licences(folder: string): { plugin(): Plugin } {
  const parts = new Map<string, BundledPart>();
  const note = (id: string): void => {
    const at = packageOf(id);
    if (at !== null && !parts.has(at)) parts.set(at, partAt(at));
  };
  return {
    plugin: () => ({
      name: 'airlock:licences',
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle))
          for (const id of output.type === 'chunk' ? output.moduleIds : output.originalFileNames) note(id);
      },
      writeBundle() {
        const sorted = [...parts.values()].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'licences.json'), `${JSON.stringify(sorted)}\n`);
      },
    }),
  };
}

/** The folder of the package that a module lies in; null for our own, and for what a build makes up. */
function packageOf(id: string): string | null {
  const [, folder] = /^\0?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/')) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : null;
}

const idOf = ({ name, version }: BundledPart): string => `${name}@${version}`;

function partAt(folder: string): BundledPart {
  const { name, version, license, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return {
    name: String(name),
    version: String(version),
    licence: typeof license === 'string' ? license : 'see its text',
    text: texts.length > 0 ? texts.join('\n\n') : headOf(join(folder, String(main ?? 'index.js'))),
  };
}

/** Some packages have their licence as the first comment of their source; '' where that is none. */
function headOf(source: string): string {
  if (!existsSync(source)) return '';
  const [head = ''] = /^(?:\/\/.*\n)+/.exec(readFileSync(source, 'utf8')) ?? [];
  return head.includes('Permission is hereby granted') ? head.replaceAll(/^\/\/ ?/gm, '').trim() : '';
}
