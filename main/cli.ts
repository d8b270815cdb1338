import { Command } from 'commander';
import { version } from '../package.json';
import { runProgram } from './cli/command-runner';
import { registerIdentity } from './cli/identity/identity';
import { registerOffline } from './cli/offline/offline';
import { registerOnline } from './cli/online/online';
import { registerQrCommands } from './cli/qr/qr';
import { registerRehearsalServer } from './cli/rehearsal-server';
import { registerRehearse } from './cli/rehearse/rehearse';
import { processTerminal } from './cli/terminal';
import { registerTranscript } from './cli/transcript/transcript';

const program = new Command('airlock')
  .description('Root-token ceremonies for Vault and OpenBao across an air gap')
  .version(version);

registerIdentity(program, processTerminal);
registerOnline(program, processTerminal);
registerOffline(program, processTerminal);
registerQrCommands(program);
registerTranscript(program, processTerminal);
registerRehearse(program, version);
registerRehearsalServer(program);

void runProgram(program, process.argv.slice(2), processTerminal);
