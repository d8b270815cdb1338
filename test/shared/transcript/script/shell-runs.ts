import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { EXIT_CODES } from '../../../../main/cli/transcript/verify';
import { readTranscriptFolder } from '../../../../main/store/transcript-folder';
import { verifyScript } from '../../../../shared/transcript/script/verify-script';
import { type TranscriptFolder, verdictSentence } from '../../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import { test as ceremonyTest } from '../ceremony';

/** What `verify.sh` said of one folder. */
export interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
  readonly last: string;
  /** "broken no-intent online 17" for each finding, with "." for the whole archive and "-" for no line. */
  readonly named: readonly string[];
}

// Starting gpg and jq takes most of the time: two folders at once are as many as the smallest machine has
// cores.
const RUN_ALL = `
one() { cd / && sh "$1/verify.sh" >"$1.out" 2>"$1.err"; echo $? >"$1.code"; }
while [ $# -gt 0 ]; do
  one "$1" & first=$!
  shift
  if [ $# -gt 0 ]; then one "$1"; shift; fi
  wait "$first"
done`;

/** A place for archive folders, with a name that a careless script would stumble over. */
export class ShellRuns {
  private readonly temporary = mkdtempSync(join(tmpdir(), 'airlock verify $(touch x) -'));
  private written = 0;

  /** Lays the folder on the disk as an archive does. Returns its path. */
  write({ stations, keys }: TranscriptFolder): string {
    this.written += 1;
    const dir = join(this.temporary, `-archive ${this.written}`);
    mkdirSync(join(dir, 'keys'), { recursive: true });
    writeFileSync(join(dir, 'verify.sh'), verifyScript());
    for (const { name, armored } of keys) writeFileSync(join(dir, 'keys', `${name}.asc`), armored);
    for (const { name, journal, checkpoint, signatures } of stations) {
      mkdirSync(join(dir, name));
      writeFileSync(join(dir, name, 'journal.jsonl'), journal);
      if (checkpoint !== null) writeFileSync(join(dir, name, 'checkpoint.txt'), checkpoint);
      for (const signature of signatures) {
        writeFileSync(join(dir, name, `checkpoint.txt.${signature.name}.asc`), signature.armored);
      }
    }
    return dir;
  }

  /** Runs the `verify.sh` of each folder, all by one shell. None of them may write to standard error. */
  async run(dirs: readonly string[]): Promise<Outcome[]> {
    const shell = spawn('sh', ['-c', RUN_ALL, 'sh', ...dirs], { cwd: '/', stdio: 'ignore' });
    await new Promise((done, failed) => shell.once('close', done).once('error', failed));
    return dirs.map((dir) => {
      expect(readFileSync(`${dir}.err`, 'utf8')).toBe('');
      const code = Number.parseInt(readFileSync(`${dir}.code`, 'utf8'), 10);
      const lines = readFileSync(`${dir}.out`, 'utf8').trimEnd().split('\n');
      const named = lines.flatMap((line) => {
        const match = /^FAIL ((?:incomplete|broken) [a-z-]+ .*? (?:\d+|-)): /.exec(line);
        return match ? [match[1] ?? ''] : [];
      });
      return { code, lines, last: lines.at(-1) ?? '', named };
    });
  }

  /**
   * Runs the script and the program on each of the folders, named by what is special about it. Both must
   * agree on the verdict and on every finding: its verdict, code, station and line.
   */
  async agreed<Name extends string>(
    folders: readonly (readonly [Name, TranscriptFolder])[],
  ): Promise<(readonly [Name, Outcome])[]> {
    return this.agreedOn(folders.map(([name, folder]) => [name, this.write(folder)] as const));
  }

  /** The same of folders that are on the disk already. */
  async agreedOn<Name extends string>(
    folders: readonly (readonly [Name, string])[],
  ): Promise<(readonly [Name, Outcome])[]> {
    const dirs = folders.map(([, dir]) => dir);
    const outcomes = await this.run(dirs);
    const agreed: (readonly [Name, Outcome])[] = [];
    for (const [i, [name]] of folders.entries()) {
      const outcome = outcomes[i];
      const report = await verifyTranscript(readTranscriptFolder(dirs[i] ?? ''));
      const named = report.findings.map(
        ({ verdict, code, station, line }) => `${verdict} ${code} ${station || '.'} ${line ?? '-'}`,
      );
      expect([name, outcome?.named.toSorted()]).toEqual([name, named.sort()]);
      expect([name, outcome?.code, outcome?.last]).toEqual([
        name,
        EXIT_CODES[report.verdict],
        verdictSentence(report),
      ]);
      if (outcome) agreed.push([name, outcome]);
    }
    return agreed;
  }

  remove(): void {
    rmSync(this.temporary, { recursive: true });
  }
}

/** A test that is given the ceremony that went well, and shells that verify archives of it. */
export const test = ceremonyTest.extend<{ readonly runs: ShellRuns }>({
  runs: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const runs = new ShellRuns();
      await use(runs);
      runs.remove();
    },
    { scope: 'file' },
  ],
});
