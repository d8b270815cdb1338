import { z } from 'zod';
import { type Script, scriptOf } from '../../shared/script/script';
import { ScriptError } from '../../shared/script/script-error';
import { scriptHash } from '../../shared/script/script-hash';
import { standardScript } from '../../shared/script/standard-script';
import type { Home } from './home';
import { readState, writeState } from './state-file';

/** A script of a home, by the hash of what it says (lower-case hex SHA-256). */
export interface KeptScript {
  readonly sha256: string;
  readonly script: Script;
  /** It is the one that every home has, and that can't be removed. */
  readonly isStandard: boolean;
}

/** How many a home keeps besides the standard one. */
const MOST = 40;

// What is in the file was read by `readScriptFile` before: its lines are plain.
const scriptsFile = z.strictObject({
  v: z.literal(1),
  scripts: z.array(scriptOf((min, max) => z.string().min(min).max(max))),
});

/** The standard script, and those that were taken in here, the latest last. Throws `StoreError`. */
export const listScripts = (home: Home): KeptScript[] => [
  { ...kept(standardScript), isStandard: true },
  ...taken(home).map(kept),
];

const kept = (script: Script): KeptScript => ({ sha256: scriptHash(script), script, isStandard: false });

const taken = (home: Home): Script[] => readState(home.scripts(), scriptsFile)?.scripts ?? [];

/** The script of that hash. Throws `ScriptError` 'no-script', `StoreError`. */
export function scriptInHome(home: Home, sha256: string): KeptScript {
  const found = listScripts(home).find((each) => each.sha256 === sha256);
  if (found !== undefined) return found;
  throw new ScriptError(
    'no-script',
    'This laptop has no such script any more. Choose another, or take its file in again.',
  );
}

/** Keeps a script; the very same one isn't kept twice. Throws `ScriptError` 'too-many', `StoreError`. */
export function addScript(home: Home, script: Script): KeptScript {
  const added = kept(script);
  const there = listScripts(home).find(({ sha256 }) => sha256 === added.sha256);
  if (there !== undefined) return there;
  const scripts = taken(home);
  if (scripts.length >= MOST) {
    throw new ScriptError(
      'too-many',
      `This laptop keeps ${MOST} scripts at most. Remove one that is no longer used, then take this one in.`,
    );
  }
  write(home, [...scripts, script]);
  return added;
}

/**
 * Forgets a script. Ceremonies that go by it have all of it on record. Throws `ScriptError` 'no-script',
 * `StoreError`.
 */
export function removeScript(home: Home, sha256: string): void {
  const { isStandard } = scriptInHome(home, sha256);
  if (isStandard) throw new ScriptError('no-script', 'The standard script is part of Airlock, and stays.');
  write(
    home,
    taken(home).filter((script) => scriptHash(script) !== sha256),
  );
}

function write(home: Home, scripts: readonly Script[]): void {
  const file: z.infer<typeof scriptsFile> = { v: 1, scripts: [...scripts] };
  writeState(home.scripts(), file);
}
