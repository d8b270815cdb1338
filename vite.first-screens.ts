import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { firstScreenFiles, nameHere } from './main/desktop/first-screen';

const emptyRoot = '<div id="root"></div>';

/**
 * Writes an app's page as it stands before its script has run, beside the page whose script has to draw it
 * all: the first start, and the lock. A window then shows its first screen as soon as its page is there.
 * `name`: of the app, in `renderer`.
 */
export function firstScreens(name: 'offline' | 'online'): Plugin {
  return {
    name: 'airlock:first-screens',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const page = readFileSync(join(dir, 'index.html'), 'utf8');
      if (!page.includes(emptyRoot)) this.error(`The page of ${name} has no ${emptyRoot}.`);
      const draw = await drawing(name);
      const write = (file: string, person: string | null) =>
        writeFileSync(
          join(dir, file),
          page.replace(emptyRoot, () => `<div id="root">${draw({ name: person })}</div>`),
        );
      write(firstScreenFiles.firstStart, null);
      write(firstScreenFiles.unlock, nameHere);
    },
  };
}

type Draw = (entrance: { readonly name: string | null }) => string;

/** What draws an app's first screens as markup, built for Node. */
async function drawing(name: string): Promise<Draw> {
  const folder = mkdtempSync(resolve('dist', `.first-screens-${name}-`));
  try {
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: resolve(`renderer/${name}/first-screen.tsx`),
        outDir: folder,
        rolldownOptions: { output: { format: 'esm', entryFileNames: 'draw.mjs' } },
      },
    });
    const { draw } = (await import(pathToFileURL(join(folder, 'draw.mjs')).href)) as { draw: Draw };
    return draw;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
