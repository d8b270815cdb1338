import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tellBuildBy } from '../../../main/build';
import { buildOf } from '../../../main/cli/own-build';
import { version } from '../../../main/version';
import { filesIn } from '../../../package/contents.mjs';
import { sumsOf } from '../../../package/proof/sums.mjs';
import { airlock } from './fake-terminal';

const commit = '0123456789abcdef0123456789abcdef01234567';
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a command line knows which build it is', () => {
  let folder = '';
  const program = (): string => join(folder, 'airlock.cjs');
  const lay = (lastLine: string): void => writeFileSync(program(), `run();\n${lastLine}`);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'airlock-own-build-'));
    mkdirSync(join(folder, 'parts'));
    writeFileSync(join(folder, 'parts/format.cjs'), 'format();');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('as one file, by the SHA-256 of that file', () => {
    lay(`\n// Built of commit ${commit}\n`);
    const filesSha256 = sha256(readFileSync(program()));
    expect(buildOf(program(), true)).toEqual({ commit, filesSha256 });
  });

  test('as a folder, by the list of files that its release has', () => {
    lay(`\n// Built of commit ${commit}+changes\n`);
    const filesSha256 = sha256(sumsOf(folder, filesIn(folder)));
    expect(buildOf(program(), false)).toEqual({ commit: `${commit}+changes`, filesSha256 });
  });

  test.each(['', `// Built of commit ${commit}\nmore();\n`, '// Built of commit main\n'])(
    'but not where nobody packaged it: %j',
    (lastLine) => {
      lay(lastLine);
      expect(buildOf(program(), true)).toBeNull();
    },
  );
});

describe('airlock version', () => {
  afterEach(() => tellBuildBy(() => null));

  test('says of a packaged program which commit and which files it is', async () => {
    tellBuildBy(() => ({ commit, filesSha256: 'f'.repeat(64) }));
    const text = `${version}\n  commit  ${commit}\n  files   ${'f'.repeat(64)}\n`;
    expect((await airlock(['version'])).out).toBe(text);
    const { out } = await airlock(['version', '--json']);
    expect(JSON.parse(out)).toEqual({ version, commit, files: 'f'.repeat(64) });
  });

  test('says nothing more than the version of one out of a checkout', async () => {
    const { out } = await airlock(['version', '--json']);
    expect(JSON.parse(out)).toEqual({ version, commit: null, files: null });
  });
});
