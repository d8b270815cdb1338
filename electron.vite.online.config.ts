import { writeFileSync } from 'node:fs';
import manifest from './package.json' with { type: 'json' };
import { desktopBuild } from './vite.desktop';

/** The online station. Its windows have no network either; its main bundle has. */
export default desktopBuild('online', [
  {
    name: 'airlock:app-folder',
    // Electron starts a folder by its package.json: the repository's own names the air-gapped app.
    writeBundle: () =>
      writeFileSync(
        'dist/online/package.json',
        `${JSON.stringify({ name: 'airlock-online', version: manifest.version, main: 'main.cjs' })}\n`,
      ),
  },
]);
