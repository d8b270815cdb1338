import { expect, test } from 'vitest';
import { devDependencies } from '../../../package.json';
import { ageNotice, mendedUntil } from '../../../shared/ipc/electron-support';

test('the day is known until which the Electron that is packaged is mended', () => {
  expect(mendedUntil(devDependencies.electron)).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('nothing is said of an Electron on its last day, and from the next day on it is', () => {
  expect(ageNotice('45.4.1', new Date('2027-04-06T23:59:59Z'))).toBeNull();
  expect(ageNotice('45.4.1', new Date('2027-04-07T00:00:00Z'))).toMatch(
    /Electron 45\.4\.1, .* until 2027-04-06 at the latest\. By this machine’s clock that is over\. Nothing stops/,
  );
});

test('older ones are over already, and of a newer one nothing is said', () => {
  expect(ageNotice('25.1.1', new Date('2026-11-27'))).toContain('until 2026-10-20 at the latest');
  expect(ageNotice('46.0.0', new Date('2040-01-01'))).toBeNull();
  expect(ageNotice('', new Date('2040-01-01'))).toBeNull();
});
