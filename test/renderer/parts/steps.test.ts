import { expect, test } from 'vitest';
import { custodianSteps, officerSteps } from '../../../renderer/offline/names';
import { operatorSteps } from '../../../renderer/online/names';
import { witnessAtHomeSteps, witnessSteps } from '../../../renderer/parts/names';
import { followingSteps } from '../../../renderer/parts/witness/standing';

const rails = {
  'officer, PGP': officerSteps('pgp'),
  'officer, OTP': officerSteps('otp'),
  custodian: custodianSteps,
  operator: operatorSteps,
  witness: witnessSteps,
  'witness at home': witnessAtHomeSteps,
  'witness at a station': followingSteps,
};

test.each(Object.entries(rails))('Help explains every step of a rail, each by itself: %s', (_, steps) => {
  for (const { name, what } of steps) {
    expect(name).not.toBe('');
    expect(what).toMatch(/\w.*\.$/);
  }
  for (const of of ['step', 'name', 'what'] as const)
    expect(new Set(steps.map((step) => step[of])).size).toBe(steps.length);
});

test('an officer’s rail, and Help with it, names what this ceremony is opened by', () => {
  const names = (method: 'pgp' | 'otp') => officerSteps(method).map(({ name }) => name);
  expect(names('pgp')).toContain('Make the key');
  expect(names('pgp')).toContain('Destroy the key');
  expect(names('otp')).toContain('Make the OTP');
  expect(names('otp')).toContain('Destroy the OTP');
});
