import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { registerAdd } from './add';
import { registerCreate } from './create';
import { registerList } from './list';
import { registerRemove } from './remove';
import { registerShow } from './show';

/** `airlock identity`: who this home belongs to, and whom it knows. */
export function registerIdentity(program: Command, terminal: Terminal): void {
  const identity = program
    .command('identity')
    .description('the signing identity of this home, and the people it knows');
  registerCreate(identity, terminal);
  registerShow(identity, terminal);
  registerAdd(identity, terminal);
  registerList(identity, terminal);
  registerRemove(identity, terminal);
}
