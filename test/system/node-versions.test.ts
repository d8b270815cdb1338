import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NodeVersion, provideNode } from './node.mjs';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const FETCHING_MS = 5 * 60_000;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-node-'));
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(work, name));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs a command whose `node` is the one of that version. */
async function withNode(version: NodeVersion, command: string, args: readonly string[]) {
  const path = [provideNode(version), process.env['PATH']].join(delimiter);
  return run(command, args, { cwd: work, env: { ...process.env, PATH: path } });
}

describe('the documented Node', () => {
  test.each<NodeVersion>(['22.23.3', '24.21.0', '26.10.0'])(
    'installs the packages without a warning on %s',
    async (version) => {
      const args = ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'];
      const { stderr } = await withNode(version, 'npm', args);
      expect(stderr).toBe('');
    },
    FETCHING_MS,
  );
});

describe('the built command line', () => {
  const airlock = join(root, 'dist/cli/airlock.cjs');

  test.each<NodeVersion>(['20.19.0', '22.23.3', '24.21.0', '26.10.0'])(
    'plays a whole rehearsal on Node %s',
    async (version) => {
      const out = join(work, version);
      const few = ['--shares', '2', '--threshold', '2'];
      const { stdout } = await withNode(version, 'node', [airlock, 'rehearse', ...few, '--out', out]);
      expect(stdout).toContain('and seen to be revoked');
      const verified = await withNode(version, 'node', [airlock, 'transcript', 'verify', out]);
      expect(verified.stdout).toContain(': Proven: ');
    },
    FETCHING_MS,
  );

  test.each<NodeVersion>(['20.19.0', '22.23.3', '24.21.0', '26.10.0'])(
    'does on Node %s what is typed, and says what is mistyped',
    async (version) => {
      const at = (name: string): string => join(work, `${version}-${name}`);
      writeFileSync(at('passphrase'), 'seven quiet otters\n');
      writeFileSync(at('share'), `${'5a'.repeat(32)}07\n`);
      const signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
      const show = ['identity', 'show', ...signing];
      const table: readonly (readonly [readonly string[], RegExp])[] = [
        [['version'], /^\d+\.\d+\.\d+\n$/],
        [['offline', '-h'], /^Usage: airlock offline /],
        [['environment'], /VAULT_ADDR, BAO_ADDR +address of the server/],
        [['completion', 'bash'], /complete -o default -F _airlock airlock\n$/],
        [['man'], /^\.TH AIRLOCK 1 /],
        [['offline', 'otp', '-format=json'], /^\{"otpLength":28,"otp":"\w{28}"\}\n$/],
        [['offline', 'share', at('share')], /33 bytes, written in hex/],
        [['identity', 'create', '--name', 'Ada', '--role', 'officer', ...signing], /Name +Ada/],
        [[...show, '--out', at('ada.ur'), '-format', 'yaml'], /^---\nname: Ada\n/],
        [['identity', 'list', '--home', at('home'), '--json'], /^\{"people":\[\]\}\n$/],
        [['qr', 'show', at('ada.ur'), '--png', at('png')], /^$/],
        [['qr', 'read', at('png')], /^UR:AIRLOCK\//],
      ];
      for (const [words, printed] of table) {
        const { stdout } = await withNode(version, 'node', [airlock, ...words]);
        expect(stdout, words.join(' ')).toMatch(printed);
      }
      for (const [words, code] of [
        [['offline', 'decod'], 2],
        [['offline', 'share', at('absent')], 1],
        [['transcript', 'verify', work], 3],
      ] as const)
        await expect(withNode(version, 'node', [airlock, ...words]), words.join(' ')).rejects.toMatchObject({
          code,
        });
    },
    FETCHING_MS,
  );
});
