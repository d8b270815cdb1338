import { Command } from 'commander';
import { version } from '../version';
import { archive } from './archive/archive';
import { home } from './home/home';
import { identity } from './identity/identity';
import { offline } from './offline/offline';
import { online } from './online/online';
import { addCommands, type CommandEntry, commandWords, type Wanted } from './parts/command-tree';
import type { Terminal } from './parts/terminal';
import { qr } from './qr/qr';
import { script } from './script/script';
import { transcript } from './transcript/transcript';
import { defineVersion } from './version';

/** Every command, in the order of help. */
const commands: readonly CommandEntry[] = [
  identity,
  home,
  online,
  offline,
  script,
  qr,
  transcript,
  archive,
  {
    name: 'rehearse',
    summary: 'play a whole ceremony, and leave its codes and its verifiable transcript in a folder',
    load: async () => (await import('./rehearse/rehearse')).defineRehearse,
  },
  {
    name: 'rehearsal-server',
    summary:
      'serve the API of a Vault or OpenBao server, for rehearsals: in memory, on loopback, with made-up shares',
    load: async () => (await import('./rehearsal-server')).defineRehearsalServer,
  },
  {
    name: 'environment',
    summary: 'list every environment variable, and whether it acts',
    load: async () => (await import('./environment')).defineEnvironment,
  },
  {
    name: 'completion',
    takes: '<shell>',
    hasNoOptions: true,
    summary: 'print a script with which a shell completes what is typed: bash, zsh or fish',
    load: async () => (await import('./completion/completion')).defineCompletion(wholeProgram),
  },
  {
    name: 'man',
    hasNoOptions: true,
    summary: 'print the manual page',
    load: async () => (await import('./man')).defineMan(wholeProgram),
  },
];

/**
 * The command line for what is typed: `args`, without the program's own name. Only the command that they name
 * is loaded.
 */
export const airlockProgram = (terminal: Terminal, args: readonly string[]): Promise<Command> =>
  programWith(terminal, commandWords(args));

/** The command line with every command loaded, for whoever describes it. */
export const wholeProgram = (terminal: Terminal): Promise<Command> => programWith(terminal, 'all');

async function programWith(terminal: Terminal, wanted: Wanted): Promise<Command> {
  const program = new Command('airlock')
    .description('Root-token ceremonies for Vault and OpenBao across an air gap')
    .version(version);
  const ofVersion = program.command('version');
  ofVersion.description('print the version, and which build of it this is');
  defineVersion(ofVersion, terminal);
  await addCommands(program, commands, terminal, wanted);
  return program;
}
