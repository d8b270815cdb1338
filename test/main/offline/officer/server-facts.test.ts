import { expect, test } from 'vitest';
import { rosterOf } from '../../../../main/offline/officer/agreed-plan';
import { factsByHand, factsOfStation } from '../../../../main/offline/officer/server-facts';
import type { Body } from '../../../../shared/message/body';

const byHand = { address: 'https://vault.example:8200', otpLength: 28, threshold: 2, shares: 3 };
const introduction: Body<'station'> = {
  server: { address: byHand.address, version: '1.21.4', clusterId: 'c1', clusterName: '' },
  station: { label: 'Station A', sealingKey: new Uint8Array(32), expiresAt: '2026-03-01T09:00:00.000Z' },
  otpLength: 28,
  threshold: 2,
  shares: 3,
  serverTime: '2026-03-01T09:00:00.000Z',
  rehearsal: true,
};

test('a threshold that cannot be reached, and a missing address, are told apart', () => {
  expect(() => factsByHand({ ...byHand, threshold: 4 })).toThrow(
    expect.objectContaining({ code: 'threshold-too-high' }),
  );
  expect(() => factsByHand({ ...byHand, address: ' ' })).toThrow(
    expect.objectContaining({ code: 'plan-incomplete' }),
  );
  expect(factsByHand(byHand)).toMatchObject({ station: null, serverTime: null });
});

test('a rehearsal’s station has no place in a real ceremony, nor a real one in a rehearsal', () => {
  const [digest, operator] = [new Uint8Array(32), new Uint8Array(20)];
  for (const rehearsal of [true, false])
    expect(() => factsOfStation({ ...introduction, rehearsal }, digest, operator, !rehearsal)).toThrow(
      expect.objectContaining({ code: 'rehearsal-mismatch' }),
    );
  expect(factsOfStation(introduction, digest, operator, true)).toMatchObject({ threshold: 2 });
});

test('a roster with someone who is no longer known is refused', () => {
  const officer = { name: 'Olga', role: 'officer', fingerprint: new Uint8Array(20).fill(1) } as const;
  expect(() => rosterOf(officer, [], ['02'.repeat(20)])).toThrow(
    expect.objectContaining({ code: 'unknown-person' }),
  );
});
