import type { Command } from 'commander';
import type { Terminal } from '../parts/terminal';
import { registerArchive } from './archive';
import { registerReport } from './report';
import { registerSign } from './sign';
import { registerSignOff } from './sign-off';
import { registerTake } from './take';
import { registerVerify } from './verify';

/** `airlock transcript`: how a station without a window closes its journal, and what an auditor asks. */
export function registerTranscript(program: Command, terminal: Terminal): void {
  const transcript = program.command('transcript').description('the record of ceremonies');
  registerSignOff(transcript, terminal);
  registerSign(transcript, terminal);
  registerTake(transcript, terminal);
  registerArchive(transcript, terminal);
  registerVerify(transcript, terminal);
  registerReport(transcript, terminal);
}
