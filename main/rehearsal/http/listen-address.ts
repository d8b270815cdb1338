import { isIP } from 'node:net';
import { RehearsalError } from '../rehearsal-error';

export interface ListenAddress {
  readonly host: string;
  /** 0: the system picks a free one. */
  readonly port: number;
}

/**
 * Parses `HOST:PORT`, as Vault writes it: `127.0.0.1:0`, `[::1]:8200`, `localhost:8200`.
 *
 * Only loopback: the server hands out root tokens for shares that it prints, over plain HTTP.
 *
 * Throws `RehearsalError` `bad-listen`.
 */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65535) {
    throw new RehearsalError(
      'bad-listen',
      `“${text}” is not an address to listen on. Write it as host and port, like 127.0.0.1:0.`,
    );
  }
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (!loopback) {
    throw new RehearsalError(
      'bad-listen',
      `The rehearsal server listens on loopback only, and “${host}” is not: use 127.0.0.1, ::1 or localhost.`,
    );
  }
  return { host, port };
}
