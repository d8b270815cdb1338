import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** What a look at the machine's network interfaces found. */
export interface OfflineProof {
  /** No interface but the loopback has an address or a carrier. */
  readonly ok: boolean;
  /** ISO time of the look, by this machine's clock. */
  readonly checkedAt: string;
  /** A sentence: which interfaces have an address or a carrier, or that none has. */
  readonly detail: string;
}

/** Names of the interfaces that could carry traffic. */
export type InterfaceLook = () => string[];

/**
 * Looks at the machine's interfaces. Up is one with an address, and on Linux also one with a carrier: a cable
 * that is plugged in or a radio that is associated, even while it has no address yet. A look tells of the
 * moment, no more.
 */
export function lookAtInterfaces(): string[] {
  const up = new Set<string>();
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((address) => !address.internal)) up.add(name);
  }
  for (const name of linksWithCarrier()) up.add(name);
  return [...up].sort();
}

export function proveOffline(look: InterfaceLook, now: Date): OfflineProof {
  const up = look();
  const none = 'No network interface has an address or a carrier.';
  return {
    ok: up.length === 0,
    checkedAt: now.toISOString(),
    detail: up.length === 0 ? none : `This laptop has a network: ${up.join(', ')}.`,
  };
}

const LINKS = '/sys/class/net';

function linksWithCarrier(): string[] {
  if (process.platform !== 'linux') return [];
  try {
    return readdirSync(LINKS).filter((name) => name !== 'lo' && hasCarrier(name));
  } catch {
    return [];
  }
}

function hasCarrier(name: string): boolean {
  try {
    return readFileSync(`${LINKS}/${name}/carrier`, 'utf8').trim() === '1';
  } catch {
    // The kernel refuses to say for a link that is down.
    return false;
  }
}
