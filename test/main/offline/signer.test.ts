import { expect } from 'vitest';
import { wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';
import { introduce, signedBy, test } from './fixtures';

const server = {
  address: 'https://vault.example:8200',
  version: '1.21.4',
  clusterId: 'c1',
  clusterName: 'prod',
};

test("the officer takes a station's introduction from an operator only", async ({ newStation }) => {
  const olga = await newStation('Olga', 'officer');
  const carl = await newStation('Carl', 'custodian');
  await introduce(carl, olga);
  olga.beginCeremony(false);
  const forged = await signedBy(
    carl,
    'station',
    { ceremony: null, prev: null },
    {
      server,
      station: {
        label: 'Mine',
        sealingKey: new Uint8Array(32).fill(9),
        expiresAt: new Date().toISOString(),
      },
      otpLength: 28,
      threshold: 1,
      shares: 1,
      serverTime: new Date().toISOString(),
      rehearsal: false,
    },
  );
  await expect(olga.receiveText(urText(wireBytes(forged)), 'qr')).rejects.toMatchObject({
    code: 'signer-of-other-role',
  });
});
