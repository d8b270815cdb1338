import { succeeds } from './commands.mjs';

/**
 * The command that runs another where there is no network but a loopback of its own, or null where the system
 * does not allow that. The air-gapped app has to work there, and the real server listens there just as well.
 * @returns {string[] | null}
 */
export function networkLess() {
  if (process.platform !== 'linux') return null;
  const enter = 'ip link set lo up && exec "$@"';
  const ways = [
    ['unshare', '--net'],
    ['unshare', '--map-root-user', '--net'],
  ];
  // Only root may make one and stay who they are: as someone else's root, Chromium would refuse its sandbox.
  if (process.getuid?.() !== 0) return null;
  const way = ways.find(([command = '', ...args]) =>
    succeeds(command, [...args, 'sh', '-c', enter, 'sh', 'true']),
  );
  return way ? [...way, 'sh', '-c', enter, 'sh'] : null;
}
