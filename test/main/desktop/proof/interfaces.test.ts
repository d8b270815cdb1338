import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { lookAtInterfaces, proveOffline } from '../../../../main/desktop/proof/interfaces';

const now = new Date('2026-03-01T12:00:00Z');

test('a laptop without an interface that is up is offline', () => {
  expect(proveOffline(() => [], now)).toEqual({
    ok: true,
    checkedAt: '2026-03-01T12:00:00.000Z',
    detail: 'No network interface has an address or a carrier.',
    up: [],
  });
});

test('a laptop with one is told so, by its name', () => {
  const proof = proveOffline(() => ['eth0', 'wlan0'], now);
  expect(proof.ok).toBe(false);
  expect(proof.detail).toBe('This laptop has a network: eth0, wlan0.');
});

test('the look names every interface of this machine that has an address, and never the loopback', () => {
  const up = lookAtInterfaces();
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((address) => !address.internal)) expect(up).toContain(name);
  }
  expect(up).not.toContain('lo');
});
