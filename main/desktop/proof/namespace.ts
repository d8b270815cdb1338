import { readFileSync } from 'node:fs';
import type { Finding } from './finding';

/** Files of /proc that tell about a network namespace; '' where one can't be read. */
export type ProcReader = (path: string) => string | null;

const onThisMachine: ProcReader = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/**
 * Whether this program's processes are where there is no network at all: a namespace without an interface but
 * the loopback, and that one down, so that no packet has a way, not even to this machine itself. `processes`:
 * their ids, as Electron knows them. Only on Linux.
 */
export function lookAtNamespace(
  processes: readonly number[],
  platform: string = process.platform,
  read: ProcReader = onThisMachine,
): Finding {
  if (platform !== 'linux') {
    return { state: 'open', found: ['Only Linux can give a program a network of its own.'] };
  }
  const own = interfacesIn(read('/proc/self/net/dev'));
  if (own === null) return { state: 'unknown', found: ['The system does not tell which network this is.'] };
  const others = own.filter((name) => name !== 'lo');
  const hasRoutes = (read('/proc/self/net/route') ?? '').trim().split('\n').length > 1;
  const hasAddresses = (read('/proc/self/net/if_inet6') ?? '').trim() !== '';
  if (others.length > 0 || hasRoutes || hasAddresses) {
    return {
      state: 'open',
      found: [
        others.length > 0
          ? `Airlock shares the network of this laptop, whose interfaces are ${others.join(', ')}.`
          : 'Airlock’s network has a loopback that is up.',
        'It has one of its own where its package’s start script starts it and the system lets an ordinary user have one.',
      ],
    };
  }
  const seen = processes.map((id) => ({ id, names: interfacesIn(read(`/proc/${id}/net/dev`)) }));
  const outside = seen.filter(({ names }) => names?.some((name) => name !== 'lo'));
  if (outside.length > 0) {
    return {
      state: 'open',
      found: [`${outside.length} of Airlock’s ${seen.length} processes have another network than it has.`],
    };
  }
  const looked = seen.filter(({ names }) => names !== null).length;
  return {
    state: 'holds',
    found: [
      'Airlock’s own network has no interface but a loopback that is down, so it leads nowhere.',
      looked === seen.length
        ? `All ${seen.length} of its processes are in such a one.`
        : `Its main process is in it, and so are ${looked} of the ${seen.length} that it has; the system does not tell of the others.`,
    ],
  };
}

/** Names of the interfaces in a table as /proc/net/dev is one; null where there is none. */
function interfacesIn(table: string | null): string[] | null {
  if (table === null) return null;
  return table
    .split('\n')
    .slice(2)
    .flatMap((line) => /^\s*([^:\s]+):/.exec(line)?.[1] ?? []);
}
