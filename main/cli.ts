import { runProgram } from './cli/command-runner';
import { surviveUnwritableOutput } from './cli/parts/output-stream';
import { processTerminal } from './cli/parts/terminal';
import { airlockProgram } from './cli/program';

surviveUnwritableOutput();

/** The command line: `cli/program.ts` lists its commands. */
void runProgram(airlockProgram(processTerminal), process.argv.slice(2), processTerminal);
