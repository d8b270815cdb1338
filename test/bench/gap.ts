import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { benchLoss, benchThroughput } from './crossing';
import { benchGarbage } from './garbage';
import { benchReading } from './reading';
import { tableOf } from './table';
import { tableText } from './table-text';

/**
 * `npm run bench:gap`: how well and how fast messages cross, against others, on the same inputs in one run.
 */
const quick = process.argv.includes('--quick');
const out = resolve('test/out/bench-gap.json');

const say = (text: string) => process.stderr.write(`${text}\n`);

say('Reading the corpus …');
const reading = await benchReading(quick ? { perVersion: 1, empty: 2 } : { perVersion: 2, empty: 6 });
say('Losing frames …');
const loss = benchLoss(quick ? 5 : 40);
say('Crossing by camera …');
const throughput = [await benchThroughput(8000, 300), await benchThroughput(8000, 600)];
say('Garbage …');
const garbage = await benchGarbage(quick ? 5000 : 100_000);

const rows = tableOf({ reading, loss, throughput, garbage });
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify({ quick, rows, reading, loss, throughput, garbage }, null, 1)}\n`);

process.stdout.write(tableText(rows));
process.stdout.write(`\nEvery number: ${out}\n`);
if (rows.some((row) => row.met === 'no')) process.exitCode = 1;
