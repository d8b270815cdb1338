import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #killChild = () => this.#child.kill('SIGKILL');
  #output = '';
  #complaints = '';

  /** `folder` is removed when the server is closed. */
  constructor(program: string, args: readonly string[], folder: string) {
    this.#folder = folder;
    // Its standard input stays open as long as this process lives: the end of it is the sign to end, too.
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.on('error', (error) => {
      this.#complaints += error.message;
    });
    this.#child.stdout?.on('data', (data: Buffer) => {
      this.#output += data.toString();
    });
    this.#child.stderr?.on('data', (data: Buffer) => {
      this.#complaints += data.toString();
    });
    process.once('exit', this.#killChild);
  }

  /** The first line of its output. Throws `Error` with what it complains of, if it ends before. */
  async firstLine(): Promise<string> {
    for (;;) {
      const end = this.#output.indexOf('\n');
      if (end >= 0) return this.#output.slice(0, end);
      this.expectAlive();
      await sleep(20);
    }
  }

  /** Throws `Error` with what it complains of, if it has ended. */
  expectAlive(): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined)
      return;
    throw new Error(`The real server did not start: ${this.#complaints}${this.#output}`);
  }

  /** Ends it at once, where nothing of it is kept. */
  async kill(): Promise<void> {
    this.#killChild();
    await this.close();
  }

  async close(): Promise<void> {
    process.off('exit', this.#killChild);
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined) {
      const exit = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const slow = setTimeout(this.#killChild, 5000);
      await exit;
      clearTimeout(slow);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
