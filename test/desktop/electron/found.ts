import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** An Electron on this machine. */
export interface FoundElectron {
  readonly executable: string;
  readonly version: string;
  /** Where it came from, for people. */
  readonly origin: string;
}

let found: FoundElectron | undefined;

/** The Electron to test on; its search is a program of its own, as Playwright loads tests as CommonJS. */
export function foundElectron(): FoundElectron {
  const script = join(__dirname, 'find.mjs');
  found ??= JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as FoundElectron;
  return found;
}
