import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGoProgram, whyNoGo } from './go-program';
import { ServerProcess } from './server-process';
import { startVaultBin } from './vault-bin';

export interface RealVaultOptions {
  /** Default 5. */
  readonly shares?: number;
  /** Default 3. */
  readonly threshold?: number;
  /** Serve https, with certificates made for the occasion. */
  readonly tls?: boolean;
}

/** A server that runs, unsealed and with nothing in it. */
export interface RealVault {
  /** `http://…` or `https://…`. */
  readonly address: string;
  /** Hex. */
  readonly shares: readonly string[];
  readonly threshold: number;
  readonly rootToken: string;
  readonly otpLength: number;
  /** With TLS: the CA to trust; PEM. */
  readonly caFile?: string;
  /** With TLS, where the server takes client certificates: one of the same CA, and its key; PEM. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  close(): Promise<void>;
}

const here = dirname(fileURLToPath(import.meta.url));

/** Why there is no real server to test against, as a sentence; `null` if there is one. */
export async function whyNoRealVault(): Promise<string | null> {
  if (process.env['VAULT_BIN']) return null;
  const reason = await whyNoGo();
  return reason === null ? null : `${reason} Install Go, or name a vault or bao program in VAULT_BIN.`;
}

/** Builds the server, unless that is done: takes minutes the first time. Nothing to do with `VAULT_BIN`. */
export async function buildRealVault(): Promise<void> {
  if (!process.env['VAULT_BIN']) await buildGoProgram(here, 'real-vault');
}

/**
 * Starts a real server: Vault 1.21.4, built from `main.go`, or what `VAULT_BIN` names.
 *
 * It dies with this process, if not by `close()` before.
 */
export async function startRealVault(options: RealVaultOptions = {}): Promise<RealVault> {
  const { shares = 5, threshold = 3, tls = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'airlock-real-vault-'));
  try {
    const vaultBin = process.env['VAULT_BIN'];
    if (vaultBin) return await startVaultBin(vaultBin, folder, { shares, threshold, tls });
    const program = await buildGoProgram(here, 'real-vault');
    const flags = [`-shares=${shares}`, `-threshold=${threshold}`, ...(tls ? [`-tls=${folder}`] : [])];
    const server = new ServerProcess(program, flags, folder);
    const announced = JSON.parse(await server.firstLine()) as Omit<
      RealVault,
      'close' | 'clientCert' | 'clientKey'
    >;
    return {
      ...announced,
      ...(tls ? { clientCert: join(folder, 'client.pem'), clientKey: join(folder, 'client-key.pem') } : {}),
      close: () => server.close(),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
