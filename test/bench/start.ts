import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './median';
import type { Row } from './table';
import { tableText } from './table-text';
import { windowRows } from './windows/starts';

/**
 * `npm run bench:start`: how long everything takes to start. The built command line, and a whole rehearsal
 * with five custodians, against a bare start of Node; each app's window against a bare window of the same
 * Electron. All is measured in turns, in one run: other work on the machine then slows down both sides alike.
 */
const quick = process.argv.includes('--quick');
const pairs = quick ? 10 : 40;
const rehearsals = quick ? 1 : 3;
const windows = quick ? 3 : 11;

/** Times the bare start that `airlock --version` may take. */
const START_BAR = 1.5;
/** Seconds that a rehearsal may take on two cores that do nothing else. */
const REHEARSAL_BAR = 5;

const airlock = resolve('dist/cli/airlock.cjs');
const work = mkdtempSync(join(tmpdir(), 'airlock-bench-'));

/** Milliseconds that Node takes for it. Throws where it fails. */
function timeOf(...args: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const time = performance.now() - begun;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return time;
}

const bare: number[] = [];
const version: number[] = [];
const whole: number[] = [];
try {
  for (let round = 0; round < rehearsals; round++) {
    process.stderr.write(`Round ${round + 1} of ${rehearsals} …\n`);
    for (let pair = 0; pair < pairs / rehearsals; pair++) {
      bare.push(timeOf('-e', '0'));
      version.push(timeOf(airlock, '--version'));
    }
    whole.push(timeOf(airlock, 'rehearse', '--shares', '5', '--out', join(work, `${round}`)));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const base = median(bare);
const ratio = median(version) / base;
const seconds = median(whole) / 1000;
const milliseconds = (time: number): string => `${time.toFixed(0)} ms`;
const ofCommandLine: readonly Row[] = [
  {
    measured: `airlock --version, median of ${version.length}`,
    against: 'node -e 0',
    ours: `${ratio.toFixed(2)} × (${milliseconds(median(version))})`,
    theirs: milliseconds(base),
    bar: `≤ ${START_BAR} ×`,
    met: ratio <= START_BAR ? 'yes' : 'no',
  },
  {
    measured: `airlock rehearse, five custodians, median of ${whole.length}`,
    against: 'node -e 0',
    ours: `${((seconds * 1000) / base).toFixed(0)} × (${seconds.toFixed(1)} s)`,
    theirs: milliseconds(base),
    bar: `≤ ${REHEARSAL_BAR} s on two idle cores`,
    met: seconds <= REHEARSAL_BAR ? 'yes' : 'no',
  },
];
const rows = [...ofCommandLine, ...(await windowRows(windows))];
process.stdout.write(tableText(rows));
if (rows.some((row) => row.met === 'no')) process.exitCode = 1;
