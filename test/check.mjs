// `npm run check`: format and lint, types, import rules, unused code. Each says what it found; any finding fails.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

const checks = [
  ['format and lint', 'biome', ['ci', '--colors=off', '.']],
  ['types: everything', 'tsc', ['-p', 'tsconfig.json']],
  ['types: shared without DOM and Node', 'tsc', ['-p', 'tsconfig.shared.json']],
  ['types: renderer without Node', 'tsc', ['-p', 'tsconfig.renderer.json']],
  [
    'import rules',
    'depcruise',
    [
      'main',
      'preload',
      'renderer',
      'shared',
      'test',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
    ],
  ],
  ['unused code', 'knip', ['--no-progress']],
];

function run([, command, args]) {
  return new Promise((done) => {
    const child = spawn(join(root, 'node_modules/.bin', command), args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => done({ ok: false, output: error.message }));
    child.on('close', (code) => done({ ok: code === 0, output }));
  });
}

let failed = 0;
// Two at a time: that is how many cores the smallest machine has.
for (let i = 0; i < checks.length; i += 2) {
  const pair = checks.slice(i, i + 2);
  const results = await Promise.all(pair.map(run));
  for (const [index, { ok, output }] of results.entries()) {
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${pair[index][0]}`);
    if (!ok) {
      failed += 1;
      console.log(output.trimEnd());
    }
  }
}
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
