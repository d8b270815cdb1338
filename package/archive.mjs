import { basename, dirname } from 'node:path';
import { run } from './command.mjs';

/**
 * Packs a folder into a tar.xz whose bytes depend on its files' names, modes and contents alone. xz works in
 * blocks of a fixed size, on all cores: how many there are doesn't change what comes out.
 * @param {string} folder its own name is the one folder in the archive
 * @param {string} file
 * @param {{ time: number, quick: boolean }} options `time`: Unix seconds, that of every file in it; `quick`:
 *   larger, but sooner
 */
export function packFolder(folder, file, { time, quick }) {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--format=gnu', '--sort=name'];
  const xz = `xz --threads=0 --block-size=16MiB -${quick ? 0 : 6}`;
  run('tar', [...owner, `--mtime=@${time}`, '-I', xz, '-C', dirname(folder), '-cf', file, basename(folder)], {
    env: { XZ_OPT: '', XZ_DEFAULTS: '' },
  });
}
