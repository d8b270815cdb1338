import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cast, makeCast } from '../../main/cli/rehearse/cast';
import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';
import { lockIdentity, unlockIdentity } from '../../main/store/identity';
import { toBase64, toHex } from '../../shared/bytes';
import { startOf } from '../../shared/ceremony/officer';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import { lockPrivateKey, makeKeyPair } from '../../shared/openpgp/key-pair';
import { decryptWithKey, encryptToKey } from '../../shared/openpgp/sealed-to-self';
import { urText } from '../../shared/qr/ur';
import { acquaint, take } from '../main/offline/cast-fixture';

/** Other laptops and a server, up to the moment at which the app is looked at. Built for Node by the spec. */
export interface Stage {
  readonly server: RehearsalServer;
  readonly cast: Cast;
}

/** `folder`: for the homes. */
export async function newStage(folder: string): Promise<Stage> {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
  });
  const cast = await makeCast({
    homes: join(folder, 'homes'),
    custodians: 2,
    server: { address: server.address },
    version: '0.0.0',
    clock: () => new Date(),
  });
  await acquaint(cast);
  return { server, cast };
}

/** The first custodian's laptop before an attempt: its home is closed. */
export async function beforeShare({ cast }: Stage) {
  const [attempt] = await startAttempt(cast, 'pgp');
  const [ada] = cast.custodians;
  if (ada === undefined || attempt === undefined) throw new Error('there are too few custodians');
  const privateKey = secretPart(ada.station.identity().privateKey);
  ada.station.lock();
  return { home: ada.home.dir, passphrase: ada.passphrase, privateKey, attempt: urText(wireBytes(attempt)) };
}

/** The share as a server gives it to a custodian's PGP key, with that key, locked. */
export async function encryptedShare(hex: string) {
  const key = await makeKeyPair({ name: 'Ada', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
  const passphrase = toBase64(randomBytes(18));
  return {
    text: toBase64(await encryptToKey(Buffer.from(hex), key.publicKey)),
    privateKey: await lockPrivateKey(key.privateKey, passphrase),
    passphrase,
  };
}

/** The officer's laptop with a result, which nobody has decoded: its home is closed. */
export async function beforeToken(stage: Stage, method: 'pgp' | 'otp') {
  const { officer } = stage.cast;
  const result = await submitted(stage, await startAttempt(stage.cast, method));
  const { secret: file } = officer.station.officer().file.paths;
  await take(officer, result);
  officer.station.lock();
  const identity = await unlockIdentity(officer.home, officer.passphrase);
  const secret = await decryptWithKey(new Uint8Array(readFileSync(file)), identity.privateKey);
  lockIdentity(identity);
  return {
    home: officer.home.dir,
    passphrase: officer.passphrase,
    opener: method === 'otp' ? secret : secretPart(secret),
  };
}

/** Everything of the attempt that happens on other laptops. */
async function startAttempt(cast: Cast, method: 'pgp' | 'otp'): Promise<SignedMessage[]> {
  const { officer, custodians, operators } = cast;
  officer.station.beginCeremony(true);
  await take(officer, (await operators[0].station.status()).message);
  const desk = officer.station.officer();
  const [first, second] = custodians.map(({ station }) => toHex(station.identity().fingerprint));
  desk.plan.agree({
    ...desk.state.draft,
    title: 'Rehearsal',
    purpose: 'Practice',
    method,
    roster: [first ?? '', second ?? '', ...operators.map(({ identity }) => toHex(identity.fingerprint))],
    stations: {
      [first ?? '']: toHex(operators[0].identity.fingerprint),
      [second ?? '']: toHex(operators[1].identity.fingerprint),
    },
    sameStationAllowed: true,
  });
  if (method === 'pgp') await desk.key.makeKey('curve25519');
  else await desk.key.makeOtp();
  desk.startSent();
  const opened = await operators[0].station.start(desk.file.message(startOf(desk.state) ?? '', 'start'));
  const joined = await operators[1].station.join(opened.message);
  return [opened.message, joined.message];
}

/** Both custodians release at their own laptops, and the operators submit. */
async function submitted(
  { cast, server }: Pick<Stage, 'cast' | 'server'>,
  attempts: readonly SignedMessage[],
): Promise<SignedMessage> {
  for (const [index, custodian] of cast.custodians.entries()) {
    await take(custodian, attempts[index] as SignedMessage);
    custodian.station.custodian().check(true, '');
    await custodian.station.custodian().enterShare({ kind: 'text', text: server.shares[index] ?? '' });
    const released = await custodian.station.custodian().release();
    const { result } = await (cast.operators[index] ?? cast.operators[0]).station.submit(released);
    if (result !== null) return result;
  }
  throw new Error('no result');
}

/** The secret part of an identity's first key: the last bytes of its first packet, before the checksum. */
function secretPart(binary: Uint8Array): Uint8Array {
  const [first = 0, length = 0] = binary.subarray(0, 2);
  if (first !== 0xc5 || length >= 192) throw new Error('not the packet that was expected');
  return binary.slice(2 + length - 2 - 32, 2 + length - 2);
}
