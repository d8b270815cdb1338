import { runProgram } from './cli/command-runner';
import { hushTerminal } from './cli/parts/echo';
import { surviveUnwritableOutput } from './cli/parts/output-stream';
import { endAtSignals } from './cli/parts/signals';
import { processTerminal } from './cli/parts/terminal';
import { airlockProgram } from './cli/program';

const args = process.argv.slice(2);
hushTerminal(args);
surviveUnwritableOutput();
endAtSignals((sentence) => processTerminal.say(`${sentence}\n`));

/** The command line: `cli/program.ts` lists its commands. */
void runProgram(airlockProgram(processTerminal), args, processTerminal);
