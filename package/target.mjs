// The kinds of packages, and where each can be made.
/** @typedef {'deb' | 'rpm' | 'tar.xz' | 'AppImage' | 'dmg' | 'nsis'} Target */

/** What every Linux can make. @type {readonly Target[]} */
export const usual = ['deb', 'rpm', 'tar.xz'];

/**
 * What electron-builder makes with tools of its own, which it downloads: null where they can be had, else a
 * sentence. `AIRLOCK_BUILDER_TOOLS` says that this is a place where they can (a CI that has them).
 * @type {Record<
 *   'AppImage' | 'dmg' | 'nsis', (place: { platform: string, hasTools: boolean }) => string | null
 * >}
 */
const foreign = {
  AppImage: ({ platform, hasTools }) => {
    if (platform !== 'linux') return 'An AppImage can be made on Linux only.';
    return hasTools
      ? null
      : 'An AppImage needs the runtime that electron-builder downloads. Where that can be had, set AIRLOCK_BUILDER_TOOLS=1.';
  },
  dmg: ({ platform }) => (platform === 'darwin' ? null : 'A dmg can be made on macOS only.'),
  nsis: ({ hasTools }) =>
    hasTools
      ? null
      : 'An installer for Windows needs NSIS, which electron-builder downloads. Where that can be had, set AIRLOCK_BUILDER_TOOLS=1.',
};

/**
 * @param {Target} target
 * @returns {target is 'AppImage' | 'dmg' | 'nsis'}
 */
export const isForeign = (target) => Object.hasOwn(foreign, target);

/**
 * The targets that are named, each of which can be made here. Throws an Error with a sentence otherwise:
 * nothing is left out in silence.
 * @param {readonly string[]} names
 * @param {{ platform: string, hasTools: boolean }} place
 * @returns {Target[]}
 */
export function targetsHere(names, place) {
  /** @type {Target[]} */
  const targets = [];
  for (const name of names) {
    const known = /** @type {const} */ (['deb', 'rpm', 'tar.xz', 'AppImage', 'dmg', 'nsis']).find(
      (one) => one.toLowerCase() === name.toLowerCase(),
    );
    if (known === undefined)
      throw new Error(`${name} is no kind of package: deb, rpm, tar.xz, AppImage, dmg or nsis.`);
    if (isForeign(known)) {
      const reason = foreign[known](place);
      if (reason !== null) throw new Error(reason);
    } else if (place.platform !== 'linux') throw new Error(`${known} can be made on Linux only.`);
    targets.push(known);
  }
  return targets;
}
