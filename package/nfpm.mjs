// Debian and rpm packages, by nfpm: out of a list of files, without a Debian or a Fedora.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../test/system/cache.mjs';
import { provideGo } from '../test/system/go.mjs';
import { run } from './command.mjs';
import { electronLibraries, nodeLibraries } from './programs.mjs';
import { systemFile } from './system-file.mjs';

/** The newest that can be built from its Go module. */
const version = '2.43.4';
const kept = join(cacheFolder, `nfpm-${version}`);

/** @typedef {import('./contents.mjs').Content} Content */
/** @typedef {import('./programs.mjs').Program} Program */
/** @typedef {import('./release.mjs').Release} Release */
/** @typedef {'deb' | 'rpm'} Kind */

/**
 * The path of an nfpm, which is built where it isn't there yet. Go checks what it fetches by its own sums.
 * @param {(line: string) => void} log
 */
export function provideNfpm(log) {
  const program = join(kept, 'nfpm');
  if (existsSync(program)) return program;
  provideGo(log);
  log(`building nfpm ${version} from its Go module, for deb and rpm`);
  const making = `${kept}.making`;
  mkdirSync(making, { recursive: true });
  run('go', ['install', `github.com/goreleaser/nfpm/v2/cmd/nfpm@v${version}`], { env: { GOBIN: making } });
  mkdirSync(kept, { recursive: true });
  renameSync(join(making, 'nfpm'), program);
  return program;
}

/**
 * Makes one package; returns its file.
 * @param {Kind} kind
 * @param {{
 *   nfpm: string, program: Program, contents: readonly Content[], release: Release, work: string,
 *   out: string, quick: boolean,
 * }} what `quick`: larger, but in a moment
 */
export function makeSystemPackage(kind, { nfpm, program, contents, release, work, out, quick }) {
  const name = {
    deb: `${program.name}_${release.version}_amd64.deb`,
    rpm: `${program.name}-${release.version}-1.x86_64.rpm`,
  }[kind];
  const time = new Date(release.time * 1000).toISOString();
  const settings = {
    name: program.name,
    version: release.version,
    // Debian knows no field for the licence; `copyright` has it there.
    ...(kind === 'rpm' ? { release: '1', license: 'Apache-2.0' } : {}),
    arch: 'amd64',
    platform: 'linux',
    section: 'utils',
    priority: 'optional',
    maintainer: 'The Airlock developers <developers@airlock.invalid>',
    description: `${program.summary}\n${wrapped(program.description)}`,
    mtime: time,
    depends: (program.kind === 'app' ? electronLibraries : nodeLibraries).map((library) =>
      needOf(kind, library),
    ),
    ...(program.kind === 'app' ? { scripts: scriptsOf(program, work) } : {}),
    contents: contents.map(({ mode, at, ...rest }) => ({
      ...('source' in rest ? { src: rest.source } : { src: rest.link }),
      dst: at,
      ...('link' in rest ? { type: 'symlink' } : {}),
      file_info: { mode, mtime: time, owner: 'root', group: 'root' },
    })),
    deb: { compression: quick ? 'none' : 'zstd' },
    rpm: { compression: quick ? 'gzip:1' : 'zstd', buildhost: 'airlock.invalid' },
  };
  // Every JSON text is a YAML text.
  const file = join(work, `${program.name}.${kind}.yaml`);
  writeFileSync(file, JSON.stringify(settings));
  run(nfpm, ['package', '--config', file, '--packager', kind, '--target', join(out, name)], {
    env: { SOURCE_DATE_EPOCH: String(release.time) },
  });
  return name;
}

/** A text in lines that fit a terminal, as package managers show them. @param {string} text */
const wrapped = (text) => text.replace(/(.{1,76})(?: +|$)/g, '$1\n').trimEnd();

/**
 * @param {Kind} kind
 * @param {readonly [soname: string, ...packages: string[]]} library
 */
const needOf = (kind, [soname, ...packages]) =>
  kind === 'deb' ? packages.join(' | ') : `${soname}()(64bit)`;

/**
 * @param {Program} program
 * @param {string} work
 */
function scriptsOf(program, work) {
  /** @param {string} name */
  const lay = (name) => {
    const file = join(work, `${program.name}-${name}`);
    writeFileSync(file, systemFile(name, program.name));
    return file;
  };
  return { postinstall: lay('after-install.sh'), postremove: lay('after-remove.sh') };
}
