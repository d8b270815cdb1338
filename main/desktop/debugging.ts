/** Switches by which another program could look into the app's windows or its main process. */
const debuggingSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
];

/**
 * The switch by which this start could be watched, or null. Fuses of the packaged app close Node's own
 * inspector, but no fuse closes Chromium's: a packaged app that was started so must not go on. Development
 * and the tests, which run unpackaged, drive the window through exactly these switches, and are let through.
 */
export function findDebuggingSwitch(packaged: boolean, hasSwitch: (name: string) => boolean): string | null {
  if (!packaged) return null;
  return debuggingSwitches.find(hasSwitch) ?? null;
}
