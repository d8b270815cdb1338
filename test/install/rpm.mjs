import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../package/command.mjs';
import { differences, filesBelow } from './files.mjs';
import { packageFile, programs } from './release-files.mjs';

/**
 * What is otherwise in an rpm than in the Debian package of the same program, a line each: path, bytes, mode,
 * and where a link leads to.
 * @param {string} release the folder with the packages
 * @param {string} work a folder for both, unpacked
 */
export const proveRpms = (release, work) =>
  programs.flatMap((name) => {
    const [deb, rpm] = ['deb', 'rpm'].map((kind) => join(work, `${name}-${kind}`));
    if (deb === undefined || rpm === undefined) return [];
    for (const folder of [deb, rpm]) mkdirSync(folder);
    run('dpkg-deb', ['--extract', packageFile(release, name, 'deb'), deb]);
    run('bsdtar', ['-xpf', packageFile(release, name, 'rpm'), '-C', rpm]);
    // Folders that others have, too: the rpm leaves them to these.
    const isShared = (/** @type {string} */ line) => !line.startsWith('folder');
    const [inDeb, inRpm] = [deb, rpm].map(
      (folder) => new Map([...filesBelow(folder)].filter(([, what]) => isShared(what))),
    );
    if (inDeb === undefined || inRpm === undefined || inDeb.size === 0) return [`${name} has no files`];
    return differences(inDeb, inRpm).map((line) => `${name}: ${line}`);
  });
