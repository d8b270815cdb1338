import { runProgram } from './command-runner';
import { tellOwnBuild } from './own-build';
import { surviveUnwritableOutput } from './parts/output-stream';
import { endAtSignals } from './parts/signals';
import { processTerminal } from './parts/terminal';
import { airlockProgram } from './program';

/** Runs what is typed in this process. */
export function start(): Promise<void> {
  surviveUnwritableOutput();
  tellOwnBuild();
  endAtSignals((sentence) => processTerminal.say(`${sentence}\n`));
  const args = process.argv.slice(2);
  return runProgram(airlockProgram(processTerminal, args), args, processTerminal);
}
