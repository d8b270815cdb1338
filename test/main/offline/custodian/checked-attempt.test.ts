import { expect } from 'vitest';
import type { OfflineStation } from '../../../../main/offline/offline-station';
import type { Body, Role } from '../../../../shared/message/body';
import { wireBytes } from '../../../../shared/message/wire';
import { makeKeyPair } from '../../../../shared/openpgp/key-pair';
import { urText } from '../../../../shared/qr/ur';
import { introduce, signedBy, test } from '../fixtures';

const ceremony = new Uint8Array(16).fill(7);
const server = {
  address: 'https://vault.example:8200',
  version: '1.21.4',
  clusterId: 'c1',
  clusterName: 'prod',
};

/** A start and an attempt as `officer` and `operator` would sign them, for a plan whose roster is given. */
async function attemptOf(
  officer: OfflineStation,
  operator: OfflineStation,
  roster: Body<'start'>['roster'],
): Promise<string> {
  const key = await makeKeyPair({ name: 'k', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
  const start = await signedBy(
    officer,
    'start',
    { ceremony, prev: null },
    {
      title: 'Re-enable OIDC',
      purpose: 'The tenant changed',
      ticket: '',
      tokenKind: 'root',
      method: 'pgp',
      publicKey: key.publicKey,
      sameStationAllowed: false,
      otpLength: 28,
      threshold: 1,
      server,
      tasks: [],
      roster,
      // The server needs one share only.
      quorumAtOneStation: true,
      rehearsal: false,
    },
  );
  const attempt = await signedBy(
    operator,
    'attempt',
    { ceremony, prev: start.digest },
    {
      start: wireBytes(start),
      server,
      station: {
        label: 'Station A',
        sealingKey: new Uint8Array(32).fill(9),
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
      nonce: 'n1',
      required: 1,
      progress: 0,
      pgpFingerprint: Buffer.from(key.fingerprint).toString('hex'),
    },
  );
  return urText(wireBytes(attempt));
}

const entry = (station: OfflineStation, role: Role): Body<'start'>['roster'][number] => {
  const { name, fingerprint } = station.identity();
  return { name, role, fingerprint };
};

/** A custodian whose share an operator's station takes. */
const giver = (station: OfflineStation, operator: OfflineStation): Body<'start'>['roster'][number] => ({
  ...entry(station, 'custodian'),
  givesTo: operator.identity().fingerprint,
});

test('an operator who signs a plan of his own as its officer gets no share', async ({ newStation }) => {
  const ada = await newStation('Ada', 'custodian');
  const oscar = await newStation('Oscar', 'operator');
  await introduce(oscar, ada);
  const forged = await attemptOf(oscar, oscar, [
    entry(oscar, 'officer'),
    entry(oscar, 'operator'),
    giver(ada, oscar),
  ]);
  await expect(ada.receiveText(forged, 'qr')).rejects.toMatchObject({ code: 'signer-of-other-role' });
});

test('a plan that names one person twice is refused', async ({ newStation }) => {
  const ada = await newStation('Ada', 'custodian');
  const [olga, otto] = [await newStation('Olga', 'officer'), await newStation('Otto', 'operator')];
  for (const other of [olga, otto]) await introduce(other, ada);
  const doubled = await attemptOf(olga, otto, [
    entry(olga, 'officer'),
    entry(otto, 'operator'),
    entry(otto, 'witness'),
    giver(ada, otto),
  ]);
  await expect(ada.receiveText(doubled, 'qr')).rejects.toMatchObject({ code: 'named-twice' });
  const honest = await attemptOf(olga, otto, [
    entry(olga, 'officer'),
    entry(otto, 'operator'),
    giver(ada, otto),
  ]);
  await expect(ada.receiveText(honest, 'qr')).resolves.toMatchObject({ status: 'taken' });
});

test('a plan that calls an operator by the name of another who is known here is refused', async ({
  newStation,
}) => {
  const ada = await newStation('Ada', 'custodian');
  const [olga, otto] = [await newStation('Olga', 'officer'), await newStation('Otto', 'operator')];
  const petra = await newStation('Petra', 'operator');
  for (const other of [olga, otto, petra]) await introduce(other, ada);
  const swapped = await attemptOf(olga, otto, [
    entry(olga, 'officer'),
    { ...entry(otto, 'operator'), name: 'Petra' },
    { ...entry(petra, 'operator'), name: 'Otto' },
    giver(ada, otto),
  ]);
  await expect(ada.receiveText(swapped, 'qr')).rejects.toMatchObject({ code: 'other-name' });
});
