import { expect, test } from 'vitest';
import { targetsHere } from '../../package/target.mjs';

const linux = { platform: 'linux', hasTools: false };

test('every Linux can make deb, rpm and tar.xz, however they are written', () => {
  expect(targetsHere(['deb', 'RPM', 'tar.xz'], linux)).toEqual(['deb', 'rpm', 'tar.xz']);
});

test.each([
  ['AppImage', linux, 'An AppImage needs the runtime'],
  ['AppImage', { platform: 'darwin', hasTools: true }, 'on Linux only'],
  ['dmg', { platform: 'linux', hasTools: true }, 'A dmg can be made on macOS only.'],
  ['nsis', linux, 'needs NSIS'],
  ['deb', { platform: 'darwin', hasTools: true }, 'deb can be made on Linux only.'],
  ['zip', linux, 'zip is no kind of package'],
] as const)('a %s that can’t be made here is refused by name, and nothing is made', (name, place, said) => {
  expect(() => targetsHere(['deb', name], place)).toThrow(said);
});

test.each([
  ['AppImage', { platform: 'linux', hasTools: true }],
  ['dmg', { platform: 'darwin', hasTools: false }],
  ['nsis', { platform: 'win32', hasTools: true }],
])('a place that has the tools makes a %s', (name, place) => {
  expect(targetsHere([name], place)).toEqual([name]);
});
