import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An operator at an online station: the built `airlock` command, on a home of its own. */
export class Operator {
  private readonly folder = mkdtempSync(join(tmpdir(), 'airlock-operator-'));
  private readonly home = join(this.folder, 'home');
  private readonly passphrase = join(this.folder, 'passphrase.txt');
  private files = 0;

  constructor(
    readonly name: string,
    readonly station: string,
    private readonly server: string,
  ) {
    writeFileSync(this.passphrase, 'a passphrase of the tests\n');
  }

  /** Runs `airlock ARGS`, with the home, the passphrase file and the server given. */
  run(...args: readonly string[]): Promise<Finished> {
    return new Promise((done) => {
      execFile(
        process.execPath,
        [program, ...args],
        { env: { ...process.env, AIRLOCK_HOME: this.home, VAULT_ADDR: this.server }, timeout: 60_000 },
        (error, stdout, stderr) => {
          const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
          done({ exitCode, stdout, stderr });
        },
      );
    });
  }

  /** As `run`, with `--json`; the object that it prints. Throws what it said where it failed. */
  async json(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { exitCode, stdout, stderr } = await this.run(...args, '--json');
    if (exitCode !== 0) throw new Error(`airlock ${args.join(' ')}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  withPassphrase(...args: readonly string[]): readonly string[] {
    return [...args, '--passphrase-file', this.passphrase];
  }

  async createIdentity(): Promise<void> {
    await this.json(
      ...this.withPassphrase(
        'identity',
        'create',
        '--name',
        this.name,
        '--role',
        'operator',
        '--station',
        this.station,
      ),
    );
  }

  /** A new path in this operator's own folder. */
  newPath(name: string): string {
    this.files += 1;
    return join(this.folder, `${this.files}-${name}`);
  }

  saved(name: string, content: string | Uint8Array): string {
    const path = this.newPath(name);
    writeFileSync(path, content);
    return path;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
