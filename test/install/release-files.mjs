// The files of a release, by what they are.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apps, commandLine } from '../../package/programs.mjs';

/** The packages of a release, by name. */
export const programs = [...apps, commandLine].map(({ name }) => name);

const patterns = {
  deb: (/** @type {string} */ name) => new RegExp(`^${name}_[^_]+_amd64\\.deb$`),
  rpm: (/** @type {string} */ name) => new RegExp(`^${name}-\\d[^-]*-\\d+\\.x86_64\\.rpm$`),
  list: (/** @type {string} */ name) => new RegExp(`^${name}-\\d[^-]*-linux-x64\\.files\\.sha256$`),
};

/**
 * The one file of a release that is a program's package of a kind, or the list of its files. Throws an Error
 * where it isn't there.
 * @param {string} release
 * @param {string} name
 * @param {keyof typeof patterns} kind
 */
export function packageFile(release, name, kind) {
  const [file, ...more] = readdirSync(release).filter((one) => patterns[kind](name).test(one));
  if (file === undefined || more.length > 0) throw new Error(`${release} has no one ${kind} of ${name}.`);
  return join(release, file);
}
