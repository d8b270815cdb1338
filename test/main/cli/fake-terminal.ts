import { type ZodType, z } from 'zod';
import { runProgram } from '../../../main/cli/command-runner';
import type { Terminal } from '../../../main/cli/parts/terminal';
import { airlockProgram } from '../../../main/cli/program';

export interface Surroundings {
  readonly env?: Record<string, string>;
  readonly stdin?: string | Uint8Array;
  /** Answers to questions, in order; without them nobody sits there. */
  readonly answers?: readonly string[];
}

/** A terminal of a test's own, which keeps what was written to it. */
export class FakeTerminal implements Terminal {
  out = '';
  err = '';
  code = 0;
  readonly env: Readonly<Record<string, string>>;
  private readonly answers: string[];

  constructor(private readonly around: Surroundings = {}) {
    this.env = around.env ?? {};
    this.answers = [...(around.answers ?? [])];
  }

  now(): Date {
    return new Date();
  }

  print(text: string): void {
    this.out += text;
  }

  say(text: string): void {
    this.err += text;
  }

  async readStdin(): Promise<Uint8Array> {
    const { stdin = new Uint8Array() } = this.around;
    return typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
  }

  async ask(question: string): Promise<string | null> {
    this.err += question;
    return this.answers.shift() ?? null;
  }

  async askSecret(): Promise<Uint8Array | null> {
    const answer = this.answers.shift();
    return answer === undefined ? null : new TextEncoder().encode(answer);
  }

  setExitCode(code: number): void {
    this.code = code;
  }
}

/** What a command left behind. */
export class Run {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  /** Standard output as JSON; null where it is none. */
  readonly json: unknown;

  constructor({ out, err, code }: FakeTerminal) {
    this.out = out;
    this.err = err;
    this.code = code;
    // Several objects, one a line, are for the test to read.
    this.json =
      out.trimStart().startsWith('{') && out.trimEnd().split('\n{').length === 1
        ? (JSON.parse(out) as unknown)
        : null;
  }

  /** Standard output as JSON of this shape. */
  as<T>(shape: ZodType<T>): T {
    return shape.parse(this.json);
  }

  /** The error that it printed as JSON. */
  get error(): z.infer<typeof failed>['error'] {
    return this.as(failed).error;
  }
}

const failed = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Runs `airlock ARGS` in this process, with a terminal of the test's own. */
export async function airlock(args: readonly string[], around: Surroundings = {}): Promise<Run> {
  const terminal = new FakeTerminal(around);
  await runProgram(airlockProgram(terminal, args), args, terminal);
  return new Run(terminal);
}
