import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { whyNoRealVault } from './real-vault';

const missing = await whyNoRealVault();

/**
 * A group of tests against a real server. Where there is none they are skipped and say why; in CI that is a
 * failure.
 */
export function describeReal(name: string, body: () => void): void {
  if (missing === null) {
    describe(name, () => body());
  } else if (process.env['CI']) {
    test(name, () => {
      expect.fail(`No real server to test against, and CI must have one. ${missing}`);
    });
  } else {
    describe.skip(`${name} (skipped: ${missing})`, () => body());
  }
}

/** The same, about the API of Vault 1.21 to the letter: skipped if `VAULT_BIN` names another server. */
export function describeVault121(name: string, body: () => void): void {
  const program = process.env['VAULT_BIN'];
  const version = program ? execFileSync(program, ['version'], { encoding: 'utf8' }).trim() : 'Vault v1.21.4';
  if (version.startsWith('Vault v1.21.')) describeReal(name, body);
  else describe.skip(`${name} (skipped: VAULT_BIN is ${version})`, () => body());
}

/** Milliseconds that starting a real server may take: the first build compiles all of Vault. */
export const REAL_START_MS = 20 * 60 * 1000;
