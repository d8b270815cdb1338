import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assertSha256, withWorkFolder } from './cache.mjs';

/**
 * Downloads a package from npm's registry (`name@version`), checks the SHA-256 of its archive, unpacks it,
 * and calls `use` with the folder of its files. The folder is removed afterwards: `use` moves out of it what
 * is to stay. No script of the package runs. Throws on any other content.
 * @param {string} spec
 * @param {string} sha256 of the archive (`.tgz`), in hex
 * @param {(folder: string) => void} use
 */
export function withNpmPackage(spec, sha256, use) {
  withWorkFolder((work) => {
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work, spec], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const file = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (file === undefined) throw new Error(`npm packed no archive of ${spec}`);
    assertSha256(join(work, file), sha256);
    unpack(join(work, file), join(work, 'unpacked'));
    use(join(work, 'unpacked', 'package'));
  });
}

/**
 * Unpacks a `.tar.gz` into a folder, which it makes. Its files become the caller's own.
 * @param {string} file
 * @param {string} folder
 */
export function unpack(file, folder) {
  mkdirSync(folder, { recursive: true });
  // Archives made on a Mac carry headers that GNU tar would complain of, once for each file.
  const options = ['--warning=no-unknown-keyword', '--no-same-owner'];
  execFileSync('tar', [...options, '-xzf', file, '-C', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
}
