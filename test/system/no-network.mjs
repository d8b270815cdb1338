import { resolve } from 'node:path';
import { succeeds } from './commands.mjs';

const enter = resolve(import.meta.dirname, '../desktop/outside/enter.sh');
const loopback = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/**
 * How to run another command where no packet gets to any machine: the words before it, and whether those that
 * try are counted there (test/desktop/outside). The air-gapped app has to work there, and the real server
 * listens there just as well. Null where the system does not allow that.
 * @returns {{ wall: string[], counts: boolean } | null}
 */
export function networkLess() {
  // Only root may make one and stay who they are: as someone else's root, Chromium would refuse its sandbox.
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const ways = [
    { wall: ['unshare', '--net', '--mount', 'sh', enter], counts: true },
    { wall: ['unshare', '--net', ...loopback], counts: false },
    { wall: ['unshare', '--map-root-user', '--net', ...loopback], counts: false },
  ];
  return ways.find(({ wall: [command = '', ...args] }) => succeeds(command, [...args, 'true'])) ?? null;
}
