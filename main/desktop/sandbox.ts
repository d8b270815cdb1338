import type { App } from 'electron';

/**
 * Puts every process but the main one into the system's sandbox. Chromium has none for root, who must say
 * `--no-sandbox` to get a window at all: pages then still have no Node, but a hole in Chromium is a hole.
 * Tests run so in containers; false where a packaged app was started so, and must not go on.
 */
export function closeSandbox(app: Pick<App, 'commandLine' | 'enableSandbox' | 'isPackaged'>): boolean {
  if (app.commandLine.hasSwitch('no-sandbox')) return !app.isPackaged;
  app.enableSandbox();
  return true;
}
