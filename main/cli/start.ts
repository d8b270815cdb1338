import { runProgram } from './command-runner';
import { surviveUnwritableOutput } from './parts/output-stream';
import { processTerminal } from './parts/terminal';
import { airlockProgram } from './program';

/** Runs what is typed in this process. */
export function start(): Promise<void> {
  surviveUnwritableOutput();
  const args = process.argv.slice(2);
  return runProgram(airlockProgram(processTerminal, args), args, processTerminal);
}
