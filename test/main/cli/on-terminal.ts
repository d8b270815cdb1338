import { vi } from 'vitest';

/**
 * Does something as if standard output were a terminal of that size, in an environment with these
 * variables.
 */
export async function onTerminal<T>(
  size: { readonly columns: number; readonly rows: number },
  env: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const { isTTY, columns, rows } = process.stdout;
  Object.assign(process.stdout, { isTTY: true, ...size });
  for (const [name, value] of Object.entries({
    TERM: 'xterm',
    NO_COLOR: '',
    VAULT_CLI_NO_COLOR: '',
    BAO_CLI_NO_COLOR: '',
    ...env,
  }))
    vi.stubEnv(name, value);
  try {
    return await work();
  } finally {
    vi.unstubAllEnvs();
    Object.assign(process.stdout, { isTTY, columns, rows });
  }
}
