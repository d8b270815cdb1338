import { Command } from 'commander';
import { version } from '../version';
import { registerIdentity } from './identity/identity';
import { registerOffline } from './offline/offline';
import { registerOnline } from './online/online';
import type { Terminal } from './parts/terminal';
import { registerQr } from './qr/qr';
import { registerRehearsalServer } from './rehearsal-server';
import { registerRehearse } from './rehearse/rehearse';
import { registerTranscript } from './transcript/transcript';

/** The command line, with every command that it has. */
export function airlockProgram(terminal: Terminal): Command {
  const program = new Command('airlock')
    .description('Root-token ceremonies for Vault and OpenBao across an air gap')
    .version(version);
  program
    .command('version')
    .description('print the version, as --version does')
    .action(() => terminal.print(`${version}\n`));
  registerIdentity(program, terminal);
  registerOnline(program, terminal);
  registerOffline(program, terminal);
  registerQr(program);
  registerTranscript(program, terminal);
  registerRehearse(program, version);
  registerRehearsalServer(program);
  return program;
}
