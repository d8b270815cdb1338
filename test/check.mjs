// `npm run check`: format and lint, types, import rules, unused code, comments. Each says what it found; any
// finding fails.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** @param {string} name */
const bin = (name) => join(root, 'node_modules/.bin', name);
/** @param {string} name */
const own = (name) => join(root, 'test/system', name);
const sources = ['main', 'package', 'preload', 'renderer', 'shared', 'test'];

/**
 * Each check: what it looks at, the command, its arguments.
 * @type {[string, string, string[]][]}
 */
const checks = [
  ['format and lint', bin('biome'), ['ci', '--colors=off', '.']],
  ['types: everything; promises that nobody awaits', process.execPath, [own('check-types.mjs')]],
  ['types: shared without DOM and Node', bin('tsc'), ['-p', 'tsconfig.shared.json']],
  ['types: renderer without Node', bin('tsc'), ['-p', 'tsconfig.renderer.json']],
  [
    'import rules',
    bin('depcruise'),
    [...sources, '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ],
  ['unused code', bin('knip'), ['--no-progress']],
  ['width of comments', process.execPath, [own('check-comments.mjs')]],
];

/**
 * @param {[string, string, string[]]} check
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run([, command, args]) {
  return new Promise((done) => {
    const child = spawn(command, args, {
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
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${pair[index]?.[0]}`);
    if (!ok) failed += 1;
    // A rule that only warns has something to say, too.
    if (output.includes(' warn ') || !ok) console.log(output.trimEnd());
  }
}
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
