import type { Body, MessageType, Role } from '../../../shared/message/body';
import type { AnyEnvelope, Envelope } from '../../../shared/message/envelope';
import type { KnownKey } from '../../../shared/message/wire';
import { type KeyPair, makeKeyPair } from '../../../shared/openpgp/key-pair';

export const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

export const CEREMONY = filled(16, 0xce);
export const NONCE = '2dbd10f1-8528-6246-09e7-82b25b8aba63';
const TIME = '2026-05-01T09:00:00Z';

const server = {
  address: 'https://vault.example:8200',
  version: '1.21.4',
  clusterId: 'f1d2',
  clusterName: 'vault-cluster-1',
};
const station = { label: 'Station B', sealingKey: filled(32, 7), expiresAt: '2026-05-01T17:00:00Z' };

/** A body of each type, as a ceremony has them. */
export const bodyOf: { readonly [T in MessageType]: Body<T> } = {
  identity: { name: 'Zoë', role: 'custodian', publicKey: filled(300, 1) },
  station: { server, station, otpLength: 28, threshold: 3, shares: 5, serverTime: TIME, rehearsal: false },
  start: {
    title: 'Rotate the root',
    purpose: 'The yearly rotation',
    ticket: 'CHG-1',
    tokenKind: 'root',
    method: 'pgp',
    publicKey: filled(400, 2),
    sameStationAllowed: false,
    otpLength: 28,
    threshold: 3,
    server,
    tasks: ['enable audit', 'revoke the token'],
    roster: [
      { name: 'Olga', role: 'officer', fingerprint: filled(20, 3) },
      { name: 'Zoë', role: 'custodian', fingerprint: filled(20, 4) },
    ],
    rehearsal: false,
  },
  amendment: {
    number: 1,
    steps: [{ reserve: filled(20, 5), insteadOf: filled(20, 4), givesTo: filled(20, 6) }],
  },
  attempt: {
    start: filled(900, 5),
    server,
    station,
    nonce: NONCE,
    required: 3,
    progress: 0,
    pgpFingerprint: '',
  },
  share: { nonce: NONCE, sealedTo: filled(8, 7), sealed: filled(81, 6), expiresAt: station.expiresAt },
  result: { nonce: NONCE, encodedToken: 'Zm9v', pgpFingerprint: '', station },
  handoff: { nonce: NONCE, sealedTo: filled(8, 7), sealed: filled(76, 6), expiresAt: station.expiresAt },
  outcome: {
    nonce: NONCE,
    label: 'Station B',
    accessor: 'rbY1SgQxTEYbVEFTyMqhWzEr',
    tasks: [
      { fate: 'done', said: '', brought: { to: filled(20, 4), sealed: filled(300, 9) } },
      { fate: 'failed', said: 'path is already in use at app/' },
    ],
    proof: 'auth/token/lookup-self answers 403: permission denied',
    openedAt: TIME,
    revokedAt: '2026-05-01T09:01:00Z',
  },
  checkpoint: { text: 'Airlock checkpoint v1\n' },
  signature: { checkpoint: filled(32, 8), signature: filled(120, 9) },
  log: {
    checkpoint: 'Airlock checkpoint v1\n',
    lines: filled(60, 10),
    people: [
      { name: 'Zoë', publicKey: filled(40, 1), signature: filled(40, 9) },
      { name: 'Olga', publicKey: filled(40, 2) },
    ],
  },
  witness: {
    station: 'station-a',
    of: filled(20, 0xcc),
    lines: 12,
    head: filled(32, 0xdd),
    seenAt: TIME,
    deviations: [{ at: TIME, line: 7, text: 'The bag had no seal' }],
    signature: filled(100, 0xee),
  },
};

export const types = Object.keys(bodyOf) as MessageType[];

/** An envelope of that type, of this ceremony. */
export const envelopeOf = <T extends MessageType>(
  type: T,
  change: Partial<Envelope<T>> = {},
): Envelope<T> => ({
  v: 1,
  type,
  ceremony: CEREMONY,
  prev: filled(32, 0xaa),
  issuedAt: TIME,
  from: filled(20, 0xbb),
  body: bodyOf[type],
  ...change,
});

export const everyEnvelope = (): AnyEnvelope[] => types.map((type) => envelopeOf(type) as AnyEnvelope);

export interface Signer extends KnownKey {
  readonly role: Role;
  readonly pair: KeyPair;
}

export async function makeSigner(name: string, role: Role): Promise<Signer> {
  const pair = await makeKeyPair({ name, algorithm: 'curve25519', now: new Date(TIME), use: 'sign' });
  return { name, role, pair, fingerprint: pair.fingerprint, publicKey: pair.publicKey };
}
