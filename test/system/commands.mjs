import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether a program of that name is on the path.
 * @param {string} name
 */
export function hasCommand(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Whether a command ends well. Its output is dropped.
 * @param {string} command
 * @param {string[]} args
 */
export const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
