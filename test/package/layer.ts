import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** This system as it is, with a layer on it that takes all that is written, and is gone at the end. */
const layered = `
set -e
layer=$1; packages=$2; shift 2
mount --make-rprivate /
mount -t tmpfs tmpfs "$layer"
mkdir "$layer/written" "$layer/work" "$layer/root"
mount -t overlay -o "lowerdir=/,upperdir=$layer/written,workdir=$layer/work" overlay "$layer/root"
mkdir "$layer/root/packages"
[ -z "$packages" ] || cp -R -- "$packages/." "$layer/root/packages"
mount --bind /proc "$layer/root/proc"
mount --bind /dev "$layer/root/dev"
chroot "$layer/root" "$@" >&2
cd "$layer/written"
find . ! -type d
find . -type d | while read -r folder; do [ -d "/$folder" ] || printf '%s\n' "$folder"; done
`;

/**
 * Runs a shell script as root of a layered system, whose `/packages` has the packages of the folder of that
 * name. Returns what is there afterwards that wasn't before, and what isn't any more: paths, from `./` on.
 */
export function onLayer(script: string, packages = ''): string[] {
  const layer = mkdtempSync(join(tmpdir(), 'airlock-layer-'));
  try {
    const args = ['--mount', 'sh', '-c', layered, 'layered', layer, packages, 'sh', '-euc', script];
    const found = execFileSync('unshare', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return found.split('\n').filter((path) => path !== '' && !/^\.\/packages(?:\/|$)/.test(path));
  } finally {
    rmSync(layer, { recursive: true, force: true });
  }
}

/** Why there can be no layered system here, in a sentence; null where there can. */
export function noLayer(): string | null {
  if (process.getuid?.() !== 0) return 'only root can put a layer on a system';
  if (spawnSync('dpkg', ['--version']).status !== 0) return 'this system has no dpkg';
  try {
    onLayer('true');
    return null;
  } catch {
    return 'this system lets nobody put a layer on it';
  }
}
