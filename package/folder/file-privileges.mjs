import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

const fuse = FuseV1Options.GrantFileProtocolExtraPrivileges;

/**
 * Blows the fuse that gives pages of `file:` more than other pages have: the app has none. Electron has it
 * since version 29, and electron-builder's own setting fails on an older one.
 * @param {string} program path of the packaged program
 * @returns {Promise<'off' | 'not there'>}
 */
export async function withdrawFilePrivileges(program) {
  const wire = await getCurrentFuseWire(program);
  if (wire[fuse] === undefined) return 'not there';
  if (wire[fuse] !== FuseState.DISABLE) await flipFuses(program, { version: FuseVersion.V1, [fuse]: false });
  return 'off';
}
