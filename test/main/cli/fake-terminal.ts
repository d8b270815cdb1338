import { Command } from 'commander';
import { runProgram } from '../../../main/cli/command-runner';
import { registerIdentity } from '../../../main/cli/identity/identity';
import { registerOffline } from '../../../main/cli/offline/offline';
import { registerOnline } from '../../../main/cli/online/online';
import type { Terminal } from '../../../main/cli/terminal';
import { registerTranscript } from '../../../main/cli/transcript/transcript';

export interface Run {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  /** Standard output parsed, where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was printed.
  readonly json: any;
}

export interface Surroundings {
  readonly env?: Record<string, string>;
  readonly stdin?: string | Uint8Array;
  /** Answers to questions, in order; without them nobody sits there. */
  readonly answers?: readonly string[];
}

/** Runs `airlock ARGS` in this process, with a terminal of the test's own. */
export async function airlock(args: readonly string[], around: Surroundings = {}): Promise<Run> {
  let out = '';
  let err = '';
  let code = 0;
  const answers = [...(around.answers ?? [])];
  const next = async (): Promise<string | null> => answers.shift() ?? null;
  const terminal: Terminal = {
    env: around.env ?? {},
    now: () => new Date(),
    print: (text) => {
      out += text;
    },
    say: (text) => {
      err += text;
    },
    readStdin: async () =>
      typeof around.stdin === 'string'
        ? new TextEncoder().encode(around.stdin)
        : (around.stdin ?? new Uint8Array()),
    ask: next,
    askSecret: async () => {
      const answer = await next();
      return answer === null ? null : new TextEncoder().encode(answer);
    },
    setExitCode: (value) => {
      code = value;
    },
  };
  const program = new Command('airlock').version('0');
  for (const register of [registerIdentity, registerOnline, registerOffline, registerTranscript])
    register(program, terminal);
  await runProgram(program, args, terminal);
  return { out, err, code, json: out.trimStart().startsWith('{') ? JSON.parse(out) : null };
}
