import type { App } from 'electron';

/** Switches that take the sandbox, or one of its walls, away from some process or all. */
const holes = [
  'disable-seccomp-filter-sandbox',
  'disable-namespace-sandbox',
  'disable-setuid-sandbox',
  'disable-gpu-sandbox',
];

/**
 * Puts every process but the main one into the system's sandbox. Chromium has none for root, who must say
 * `--no-sandbox` to get a window at all: pages then still have no Node, but a hole in Chromium is a hole.
 * Tests run so in containers; false where a packaged app was started so, and must not go on.
 */
export function closeSandbox(app: Pick<App, 'commandLine' | 'enableSandbox' | 'isPackaged'>): boolean {
  if (app.isPackaged && holes.some((name) => app.commandLine.hasSwitch(name))) return false;
  if (app.commandLine.hasSwitch('no-sandbox')) return !app.isPackaged;
  app.enableSandbox();
  return true;
}
