import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { registerCancel } from './cancel';
import { registerJoin, registerStart } from './open';
import { registerRevoke } from './revoke';
import { registerStatus } from './status';
import { registerSubmit } from './submit';

/** `airlock online`: the one station that talks to the server. */
export function registerOnline(program: Command, terminal: Terminal): void {
  const online = program
    .command('online')
    .description('the online station: the only step that talks to the server');
  registerStatus(online, terminal);
  registerStart(online, terminal);
  registerJoin(online, terminal);
  registerSubmit(online, terminal);
  registerCancel(online, terminal);
  registerRevoke(online, terminal);
}
