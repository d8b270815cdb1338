import { expect, test } from 'vitest';
import { lookAtNamespace } from '../../../../main/desktop/proof/namespace';

const head = 'Inter-|   Receive |  Transmit\n face |bytes |bytes\n';
const table = (...names: string[]): string => `${head}${names.map((name) => `  ${name}: 0 0\n`).join('')}`;
const routes = 'Iface\tDestination\n';

/** A /proc with these files; `own`: interfaces of the program itself. */
const proc =
  (own: string[], more: Record<string, string> = {}) =>
  (path: string): string | null =>
    ({
      '/proc/self/net/dev': table(...own),
      '/proc/self/net/route': routes,
      '/proc/self/net/if_inet6': '',
      ...more,
    })[path] ?? null;

test('a namespace with nothing but a loopback that is down holds', () => {
  const inside = { '/proc/7/net/dev': table('lo'), '/proc/8/net/dev': table('lo') };
  const { state, found } = lookAtNamespace([7, 8], 'linux', proc(['lo'], inside));
  expect(state).toBe('holds');
  expect(found[1]).toBe('All 2 of its processes are in such a one.');
});

test('a process that nothing is told of is said to be one', () => {
  const { state, found } = lookAtNamespace([7, 8], 'linux', proc(['lo'], { '/proc/7/net/dev': table('lo') }));
  expect(state).toBe('holds');
  expect(found[1]).toContain('1 of the 2');
});

test.each([
  ['an interface', proc(['lo', 'eth0'])],
  ['a tunnel that came in later', proc(['lo', 'tun0'])],
  [
    'a loopback with an address',
    proc(['lo'], { '/proc/self/net/if_inet6': '00000000000000000000000000000001 01' }),
  ],
  ['a route', proc(['lo'], { '/proc/self/net/route': `${routes}eth0\t00000000\n` })],
  ['a process that is elsewhere', proc(['lo'], { '/proc/7/net/dev': table('lo', 'eth0') })],
])('one with %s does not', (_what, read) => {
  expect(lookAtNamespace([7], 'linux', read).state).toBe('open');
});

test('where the system tells nothing, nothing is known', () => {
  expect(lookAtNamespace([7], 'linux', () => null).state).toBe('unknown');
});

test('elsewhere than on Linux there is none', () => {
  expect(lookAtNamespace([7], 'darwin', proc(['lo'])).state).toBe('open');
});
