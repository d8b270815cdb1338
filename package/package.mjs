// `npm run package`: the programs as packages for a stick, in release/. See --help.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packFolder } from './archive.mjs';
import { run } from './command.mjs';
import { commandTexts } from './command-texts.mjs';
import { appContents, commandContents, filesIn } from './contents.mjs';
import { makeAppFolder } from './folder/app.mjs';
import { layOneFile, makeCommandFolder, packedNode } from './folder/command-line.mjs';
import { layElectron } from './folder/electron.mjs';
import { partsIn } from './folder/licence-texts.mjs';
import { makeForeign } from './foreign.mjs';
import { makeSystemPackage, provideNfpm } from './nfpm.mjs';
import { apps, commandLine } from './programs.mjs';
import { billOfMaterials } from './proof/sbom.mjs';
import { signFile } from './proof/signature.mjs';
import { sumsOf } from './proof/sums.mjs';
import { releaseOf } from './release.mjs';
import { isForeign, targetsHere, usual } from './target.mjs';

const checkout = resolve(import.meta.dirname, '..');
const help = `Makes Airlock's packages, in release/ or --out FOLDER: the air-gapped app (airlock), the online
station (airlock-online), and the command line (airlock-cli, and as one file).

  --targets LIST   of deb, rpm, tar.xz, AppImage, dmg, nsis, with commas; without it ${usual.join(',')}
  --out FOLDER     where to, in place of release/; what is there of an earlier time goes
  --sign-by KEY    sign SHA256SUMS with this key of your gpg, named by its fingerprint
  --quick          weaker compression: larger files, in a fraction of the time
`;

/** @typedef {import('./programs.mjs').App} App */
/** @typedef {import('./release.mjs').Release} Release */
/** @typedef {import('./target.mjs').Target} Target */

/** @param {string} line */
const say = (line) => console.log(`· ${line}`);

async function main() {
  const { values } = parseArgs({
    options: {
      targets: { type: 'string', default: usual.join(',') },
      out: { type: 'string', default: join(checkout, 'release') },
      'sign-by': { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const place = { platform: process.platform, hasTools: process.env['AIRLOCK_BUILDER_TOOLS'] === '1' };
  const targets = targetsHere(values.targets.split(','), place);
  const release = releaseOf(checkout, process.env);
  const out = resolve(values.out);
  const work = mkdtempSync(join(tmpdir(), 'airlock-packages-'));
  try {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    await makeAll({ targets, release, out, work, quick: values.quick });
    const signer = values['sign-by'];
    if (signer === undefined) say('nobody signed them: a release needs --sign-by');
    else signFile(join(out, 'SHA256SUMS'), signer);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} Making
 * @property {Target[]} targets
 * @property {Release} release
 * @property {string} out
 * @property {string} work
 * @property {boolean} quick
 */

/** @param {Making} making */
async function makeAll(making) {
  const { targets, release, out, work } = making;
  say(
    `Airlock ${release.version}, commit ${release.commit}, as of ${new Date(release.time * 1000).toISOString()}`,
  );
  const nfpm = targets.some((target) => target === 'deb' || target === 'rpm') ? provideNfpm(say) : '';
  const electron = join(work, 'electron');
  const declared = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')).devDependencies.electron;
  const { version, chromium, node, origin, isDeclared } = await layElectron(electron, declared, say);
  const ground = [
    { name: 'Electron', version, licence: 'MIT' },
    { name: 'Chromium', version: chromium, licence: 'BSD-3-Clause' },
    { name: 'Node', version: node, licence: 'MIT' },
  ];
  say('building');
  for (const script of ['build', 'build:one-file'])
    run('npm', ['run', '--silent', script], { cwd: checkout });

  const forHere = targets.filter((target) => !isForeign(target));
  for (const app of apps) {
    const folder = join(work, `${app.name}-${release.version}-linux-x64`);
    if (forHere.length > 0) {
      say(`${app.name} on Electron ${version}`);
      makeAppFolder(app, {
        checkout,
        electron,
        electronVersion: version,
        commit: release.commit,
        work,
        into: folder,
      });
      makePackages(making, nfpm, app, folder, appContents(app, { folder, release, work }));
      describeFolder(making, app, folder, app.side, ground);
    }
    for (const target of targets.filter(isForeign)) {
      say(`${app.name} as ${target}`);
      makeForeign(target, app, { checkout, commit: release.commit, out });
    }
  }
  if (forHere.length > 0) makeCommandLine(making, nfpm);

  copyFileSync(join(import.meta.dirname, 'proof/verify-release.sh'), join(out, 'verify-release.sh'));
  const files = filesIn(out);
  writeFileSync(join(out, 'SHA256SUMS'), sumsOf(out, files));
  say(`${files.length} files and SHA256SUMS in ${out}`);
  if (!isDeclared)
    say(
      `NOT FOR A RELEASE: Electron ${version} (${origin}) is in them, for the declared ${declared} could not be had. ` +
        'Its makers no longer mend it.',
    );
}

/**
 * @param {Making} making
 * @param {string} nfpm
 * @param {import('./programs.mjs').Program} program
 * @param {string} folder
 * @param {import('./contents.mjs').Content[]} contents
 */
function makePackages({ targets, release, out, work, quick }, nfpm, program, folder, contents) {
  for (const kind of targets) {
    if (kind === 'deb' || kind === 'rpm') {
      say(makeSystemPackage(kind, { nfpm, program, contents, release, work, out, quick }));
    } else if (kind === 'tar.xz') {
      const name = `${basename(folder)}.tar.xz`;
      packFolder(folder, join(out, name), { time: release.time, quick });
      say(name);
    }
  }
}

/**
 * Lays the sums of a program's files beside its packages, and its bill of materials. The SHA-256 of the sums
 * is the digest that the program tells of itself.
 * @param {Making} making
 * @param {import('./programs.mjs').Program} program
 * @param {string} folder
 * @param {string} built its folder below dist/, whose build noted what is in it
 * @param {readonly import('./proof/sbom.mjs').Ground[]} ground
 */
function describeFolder({ release, out }, program, folder, built, ground) {
  const sums = sumsOf(folder, filesIn(folder));
  writeFileSync(join(out, `${basename(folder)}.files.sha256`), sums);
  const filesSha256 = createHash('sha256').update(sums).digest('hex');
  const parts = partsIn(join(checkout, 'dist', built));
  const bill = billOfMaterials(program, { release, parts, ground, filesSha256 });
  writeFileSync(join(out, `${basename(folder)}.cdx.json`), bill);
}

/**
 * @param {Making} making
 * @param {string} nfpm
 */
function makeCommandLine(making, nfpm) {
  const { release, out, work } = making;
  const folder = join(work, `${commandLine.name}-${release.version}-linux-x64`);
  say(`${commandLine.name} on Node ${packedNode}`);
  makeCommandFolder({ checkout, commit: release.commit, into: folder });
  const texts = commandTexts(join(folder, 'airlock.cjs'), release);
  makePackages(making, nfpm, commandLine, folder, commandContents(commandLine, { folder, work, texts }));
  describeFolder(making, commandLine, folder, 'one-file', [
    { name: 'Node', version: packedNode, licence: 'MIT' },
  ]);
  const oneFile = `airlock-${release.version}.cjs`;
  layOneFile({ checkout, commit: release.commit, file: join(out, oneFile) });
  say(`${oneFile}, which needs nothing but Node`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
