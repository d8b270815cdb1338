import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** What a look at the machine's network interfaces found. */
export interface InterfaceProof {
  /** No interface but the loopback has an address or a carrier. */
  readonly ok: boolean;
  /** ISO time of the look, by this machine's clock. */
  readonly checkedAt: string;
  /** A sentence: which interfaces have an address or a carrier, or that none has. */
  readonly detail: string;
  /** Names of those that have. */
  readonly up: readonly string[];
}

/** Names of the interfaces that could carry traffic. */
export type InterfaceLook = () => string[];

/**
 * Looks at the machine's interfaces. Up is one with an address, and on Linux also one with a carrier: a cable
 * that is plugged in or a radio that is associated, even while it has no address yet. In a network namespace
 * of its own a program sees no addresses of the machine's, and still its carriers: /sys shows the interfaces
 * of the namespace in which it was mounted. A look tells of the moment, no more.
 */
export function lookAtInterfaces(): string[] {
  const up = new Set<string>();
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((address) => !address.internal)) up.add(name);
  }
  for (const name of linksWithCarrier()) up.add(name);
  return [...up].sort();
}

export function proveOffline(look: InterfaceLook, now: Date): InterfaceProof {
  const up = look();
  const none = 'No network interface has an address or a carrier.';
  return {
    ok: up.length === 0,
    checkedAt: now.toISOString(),
    detail: up.length === 0 ? none : `This laptop has a network: ${up.join(', ')}.`,
    up,
  };
}

const LINKS = '/sys/class/net';

/** The interfaces of the machine, whatever namespace this program is in; null where nobody says. */
export function linksOfMachine(): string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    return readdirSync(LINKS);
  } catch {
    return null;
  }
}

const linksWithCarrier = (): string[] =>
  (linksOfMachine() ?? []).filter((name) => name !== 'lo' && hasCarrier(name));

function hasCarrier(name: string): boolean {
  try {
    return readFileSync(`${LINKS}/${name}/carrier`, 'utf8').trim() === '1';
  } catch {
    // The kernel refuses to say for a link that is down.
    return false;
  }
}
