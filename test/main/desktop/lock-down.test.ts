import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../main/desktop/content-security-policy';
import { findDebuggingSwitch } from '../../../main/desktop/debugging';
import { isOwnAddress, pathInside } from '../../../main/desktop/own-address';
import { isAllowedPermission } from '../../../main/desktop/permissions';
import { isAllowedRequest } from '../../../main/desktop/requests';
import { closeSandbox } from '../../../main/desktop/sandbox';

const page = 'airlock://app/index.html';

describe('the app’s own addresses', () => {
  test.each(['airlock://app/', page, 'airlock://app/assets/a.js'])('%s is one', (url) => {
    expect(isOwnAddress(url)).toBe(true);
  });

  test.each([
    'airlock://app',
    'airlock://app.example/',
    'airlock://other/',
    'https://app/',
    'file:///etc/passwd',
  ])('%s is none', (url) => {
    expect(isOwnAddress(url)).toBe(false);
  });

  test('mean files inside the folder of the screens', () => {
    expect(pathInside('/opt/renderer', 'airlock://app/assets/a.js')).toBe('/opt/renderer/assets/a.js');
  });

  test.each([
    'airlock://app/../../etc/passwd',
    'airlock://app/%2e%2e/%2e%2e/etc/passwd',
    'airlock://app/..%2f..%2fetc%2fpasswd',
    'airlock://app/%00.html',
    'airlock://app/%zz',
    'airlock://app/',
    'https://app/index.html',
  ])('never lead out of it: %s', (url) => {
    const path = pathInside('/opt/renderer', url);
    expect(path === null || path.startsWith('/opt/renderer/')).toBe(true);
    expect(path ?? '').not.toContain('\0');
  });
});

describe('the sandbox', () => {
  const started = (isPackaged: boolean, ...switches: string[]): boolean =>
    closeSandbox({
      isPackaged,
      enableSandbox: () => undefined,
      commandLine: { hasSwitch: (name: string) => switches.includes(name) } as Electron.CommandLine,
    });

  test.each([
    'no-sandbox',
    'disable-seccomp-filter-sandbox',
    'disable-namespace-sandbox',
    'disable-setuid-sandbox',
    'disable-gpu-sandbox',
  ])('is not to be taken away from the packaged app by --%s', (name) => {
    expect(started(true, name)).toBe(false);
    expect(started(false, name)).toBe(true);
  });

  test('lets the packaged app start as it is', () => {
    expect(started(true)).toBe(true);
  });
});

describe('requests', () => {
  test.each([page, 'blob:airlock://app/0b1c', 'data:image/png;base64,AA=='])('%s is allowed', (url) => {
    expect(isAllowedRequest(url, true)).toBe(true);
  });

  test.each([
    'http://127.0.0.1/',
    'https://vault.example/',
    'ws://127.0.0.1:9/',
    'file:///etc/passwd',
    'blob:https://vault.example/0b1c',
    'data:text/html,<script>1</script>',
    'devtools://devtools/bundled/inspector.html',
    'chrome-extension://abc/x.js',
  ])('%s is denied', (url) => {
    expect(isAllowedRequest(url, true)).toBe(false);
  });

  test('of the developer’s tools are allowed in development only', () => {
    expect(isAllowedRequest('devtools://devtools/bundled/inspector.html', false)).toBe(true);
  });
});

describe('permissions', () => {
  test('the app’s own page may use the camera, and fill the screen', () => {
    expect(isAllowedPermission('media', page, ['video'])).toBe(true);
    expect(isAllowedPermission('fullscreen', page, [])).toBe(true);
  });

  test.each([
    ['media', page, ['audio']],
    ['media', page, ['video', 'audio']],
    ['media', page, []],
    ['media', 'https://vault.example/', ['video']],
    ['fullscreen', 'https://vault.example/', []],
    ['geolocation', page, []],
    ['notifications', page, []],
    ['clipboard-read', page, []],
    ['display-capture', page, []],
    ['openExternal', page, []],
    ['hid', page, []],
    ['constructor', page, []],
    ['__proto__', page, []],
  ] as const)('%s for %s with %j is denied', (permission, url, media) => {
    expect(isAllowedPermission(permission, url, media)).toBe(false);
  });
});

describe('a start that could be watched', () => {
  test.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'])(
    'with --%s is refused by a packaged app, and let through in development',
    (name) => {
      const has = (asked: string): boolean => asked === name;
      expect(findDebuggingSwitch(true, has)).toBe(name);
      expect(findDebuggingSwitch(false, has)).toBeNull();
    },
  );

  test('is not seen where there is none', () => {
    expect(findDebuggingSwitch(true, () => false)).toBeNull();
  });
});

describe('the content security policy', () => {
  test('allows nothing by default, no inline script, no eval and no address', () => {
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'; /);
    expect(contentSecurityPolicy).not.toContain("'unsafe-inline'");
    expect(contentSecurityPolicy).not.toContain("'unsafe-eval'");
    expect(contentSecurityPolicy).not.toMatch(/https?:|\*|wss?:/);
  });
});
