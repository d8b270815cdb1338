// Which release is made: all that would otherwise differ from one build of the same source to the next.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {string} commit 40 hex digits; with `+changes` where the checkout isn't as that commit left it
 * @property {number} time Unix seconds: the time that every file of a package bears
 */

/**
 * The release that a checkout makes. The time is SOURCE_DATE_EPOCH's, else that of the commit; the commit is
 * AIRLOCK_COMMIT's where there is no git (a source archive). Throws an Error with a sentence where either
 * can't be told.
 * @param {string} checkout
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Release}
 */
export function releaseOf(checkout, env) {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  return { version, commit: commitOf(checkout, env), time: timeOf(checkout, env) };
}

/**
 * @param {string} checkout
 * @param {string[]} args
 * @returns {string | null}
 */
function git(checkout, args) {
  const { status, stdout } = spawnSync('git', ['-C', checkout, ...args], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/**
 * @param {string} checkout
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function commitOf(checkout, env) {
  const given = env['AIRLOCK_COMMIT'];
  if (given !== undefined) {
    if (!/^[0-9a-f]{40}$/.test(given)) throw new Error('AIRLOCK_COMMIT is no commit of 40 hex digits.');
    return given;
  }
  const commit = git(checkout, ['rev-parse', 'HEAD']);
  if (commit === null) throw new Error('This is no checkout of git: AIRLOCK_COMMIT has to name the commit.');
  return git(checkout, ['status', '--porcelain']) === '' ? commit : `${commit}+changes`;
}

/**
 * @param {string} checkout
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function timeOf(checkout, env) {
  const text = env['SOURCE_DATE_EPOCH'] ?? git(checkout, ['log', '-1', '--format=%ct']);
  if (text === null)
    throw new Error('This is no checkout of git: SOURCE_DATE_EPOCH has to be the time of the source.');
  if (!/^[1-9][0-9]{8,10}$/.test(text)) throw new Error('SOURCE_DATE_EPOCH is no time in Unix seconds.');
  return Number(text);
}
