import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * Turns the terminal's echo off until the process ends, for a command that may ask for a secret. What people
 * type before they are asked is kept by the terminal and is taken as the answer, as `vault` takes it, too.
 * Ctrl-C and Ctrl-Z work meanwhile. Node puts the terminal back when the process ends, by whatever way. A
 * question that shows its answer echoes it by itself.
 */
export function hushTerminal(): void {
  if (!isatty(0) || !isInForeground()) return;
  // Where there is no stty, the question itself hides what is typed from then on.
  spawnSync('stty', ['-echo'], { stdio: ['inherit', 'ignore', 'ignore'] });
}

/**
 * Whether the terminal is this program's now: the system stops whoever changes it from the background. Where
 * the system doesn't tell, it counts as not.
 */
function isInForeground(): boolean {
  try {
    // The name in brackets may hold spaces and brackets itself. After it: state, parent, process group,
    // session, terminal, and the terminal's process group in the foreground.
    const [, , group, , , foreground] =
      readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return group !== undefined && group === foreground;
  } catch {
    return false;
  }
}
