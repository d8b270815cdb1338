import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseOf } from '../../package/release.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-release-'));
  writeFileSync(join(folder, 'package.json'), '{"version": "1.2.3"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a source without git', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';

  test('is the release that its environment names', () => {
    const env = { AIRLOCK_COMMIT: commit, SOURCE_DATE_EPOCH: '1790000000' };
    expect(releaseOf(folder, env)).toEqual({ version: '1.2.3', commit, time: 1_790_000_000 });
  });

  test.each([
    [{}, 'AIRLOCK_COMMIT has to name the commit'],
    [{ AIRLOCK_COMMIT: 'main' }, 'no commit of 40 hex digits'],
    [{ AIRLOCK_COMMIT: commit }, 'SOURCE_DATE_EPOCH has to be the time'],
    [{ AIRLOCK_COMMIT: commit, SOURCE_DATE_EPOCH: 'yesterday' }, 'no time in Unix seconds'],
  ])('can’t be packed as one that nobody named: %j', (env, said) => {
    expect(() => releaseOf(folder, env)).toThrow(said);
  });
});

test('a checkout is the release of its commit, and says where it isn’t as that commit left it', () => {
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=Ann', '-c', 'user.email=ann@airlock.invalid', ...args],
      {
        encoding: 'utf8',
        env: { ...process.env, GIT_COMMITTER_DATE: '1780000000 +0200' },
      },
    ).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  const commit = git('rev-parse', 'HEAD');
  expect(releaseOf(folder, {})).toEqual({ version: '1.2.3', commit, time: 1_780_000_000 });
  writeFileSync(join(folder, 'stray'), '');
  expect(releaseOf(folder, {}).commit).toBe(`${commit}+changes`);
});
