import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { OnlineStation } from '../../../main/online/online-station';
import type { ServerOptions } from '../../../main/online/server/client';
import {
  type RehearsalOptions,
  type RehearsalServer,
  startRehearsalServer,
} from '../../../main/rehearsal/server';
import { type Home, openHome } from '../../../main/store/home';
import { identityMessage, type UnlockedIdentity } from '../../../main/store/identity';
import { addPerson } from '../../../main/store/people';
import { fromHex, type RandomSource, toHex } from '../../../shared/bytes';
import type { Body, Role } from '../../../shared/message/body';
import { seal, sealingKeyId } from '../../../shared/message/seal';
import { type SignedMessage, signMessage } from '../../../shared/message/wire';
import { type KeyPair, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { generateOtp, type Otp } from '../../../shared/token/otp';
import type { JournalLine } from '../../../shared/transcript/event';

export const random: RandomSource = (length) => new Uint8Array(randomBytes(length));

const folders: string[] = [];
const servers: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-online-'));
  folders.push(folder);
  return folder;
}

/** Closes with the test. */
export function closing<T extends { close(): Promise<void> }>(server: T): T {
  servers.push(server);
  return server;
}

export const rehearsalServer = async (options: Partial<RehearsalOptions> = {}): Promise<RehearsalServer> =>
  closing(
    await startRehearsalServer({
      listen: '127.0.0.1:0',
      shares: 5,
      threshold: 3,
      tokenFormat: 'hvs',
      ...options,
    }),
  );

/** A person with a signing key in memory: nothing of it is locked or written, which would take its time. */
export async function newPerson(name: string, role: Role): Promise<UnlockedIdentity> {
  const now = new Date();
  const pair = await makeKeyPair({ name, algorithm: 'curve25519', now, use: 'sign' });
  return { name, role, station: `${role} ${name}`, createdAt: now.toISOString(), ...pair };
}

export interface Player {
  readonly home: Home;
  readonly identity: UnlockedIdentity;
  readonly station: OnlineStation;
}

export interface Stage {
  readonly officer: UnlockedIdentity;
  readonly custodians: readonly UnlockedIdentity[];
  readonly operators: readonly [Player, Player];
  readonly ceremony: Uint8Array;
  readonly key: KeyPair;
  /** Whose station takes which custodian's share, as `rosterOf` wants it. */
  stations: readonly (0 | 1 | null)[];
  /** What the clock of both stations says. */
  clock: () => Date;
}

/** Officer, five custodians and two online stations that know each other. */
export async function newStage(server: ServerOptions): Promise<Stage> {
  const officer = await newPerson('Olga', 'officer');
  const custodians = await Promise.all(
    ['Ada', 'Ben', 'Cem', 'Dia', 'Eva'].map((name) => newPerson(name, 'custodian')),
  );
  const operators = await Promise.all(['Otto', 'Petra'].map((name) => newPerson(name, 'operator')));
  const key = await makeKeyPair({
    name: 'Ceremony',
    algorithm: 'curve25519',
    now: new Date(),
    use: 'encrypt',
  });
  const stage = { clock: () => new Date(), stations: [] };
  const players = await Promise.all(
    operators.map(async (identity) => {
      const home = openHome(newFolder());
      for (const other of [officer, ...custodians, ...operators]) {
        if (other !== identity) await addPerson(home, await identityMessage(other, new Date()), new Date());
      }
      return {
        home,
        identity,
        station: new OnlineStation({ home, identity, server, clock: () => stage.clock() }),
      };
    }),
  );
  const [first, second] = players;
  if (first === undefined || second === undefined) throw new Error('two operators');
  return Object.assign(stage, {
    officer,
    custodians,
    operators: [first, second] as const,
    ceremony: random(16),
    key,
  });
}

/**
 * Everyone, and whose station takes which custodian's share: 0 or 1 for the first or second operator, null
 * for a reserve. Whoever isn't named gives to the first, so that most tests need one station only.
 */
export function rosterOf(
  stage: Stage,
  stations: readonly (0 | 1 | null)[] = stage.stations,
): Body<'start'>['roster'] {
  const person = ({ name, role, fingerprint }: UnlockedIdentity) => ({ name, role, fingerprint });
  return [
    person(stage.officer),
    ...stage.custodians.map((custodian, index) => {
      const at = stations[index] === undefined ? 0 : (stations[index] ?? null);
      return at === null
        ? person(custodian)
        : { ...person(custodian), givesTo: stage.operators[at].identity.fingerprint };
    }),
    ...stage.operators.map(({ identity }) => person(identity)),
  ];
}

/**
 * The officer's answer to a station message: a plan with the stage's PGP key, unless `plan` says otherwise.
 */
export function startMessage(
  stage: Stage,
  station: SignedMessage<'station'>,
  plan: Partial<Body<'start'>> = {},
  signer: UnlockedIdentity = stage.officer,
): Promise<SignedMessage<'start'>> {
  const { server, otpLength, threshold, rehearsal } = station.envelope.body;
  return signMessage(
    {
      v: 1,
      type: 'start',
      ceremony: stage.ceremony,
      prev: station.digest,
      issuedAt: new Date().toISOString(),
      from: signer.fingerprint,
      body: {
        title: 'Quarterly policy change',
        purpose: 'Replace the break-glass policy',
        ticket: 'OPS-1',
        tokenKind: 'root',
        method: 'pgp',
        ...(plan.method === 'otp' ? {} : { publicKey: stage.key.publicKey }),
        sameStationAllowed: false,
        otpLength,
        threshold,
        server,
        tasks: ['Revoke this token, and prove it'],
        roster: rosterOf(stage),
        quorumAtOneStation: true,
        rehearsal,
        ...plan,
      },
    },
    signer.privateKey,
  );
}

/** An amendment of a start message's plan, as the stage's officer signs it, unless another is named. */
export const amendmentMessage = (
  stage: Stage,
  start: SignedMessage<'start'>,
  body: Body<'amendment'>,
  signer: UnlockedIdentity = stage.officer,
): Promise<SignedMessage<'amendment'>> =>
  signMessage(
    {
      v: 1,
      type: 'amendment',
      ceremony: stage.ceremony,
      prev: start.digest,
      issuedAt: new Date().toISOString(),
      from: signer.fingerprint,
      body,
    },
    signer.privateKey,
  );

/** As `startMessage`, with a new OTP sealed to the station. */
export async function otpStartMessage(
  stage: Stage,
  station: SignedMessage<'station'>,
  plan: Partial<Body<'start'>> = {},
): Promise<{ readonly message: SignedMessage<'start'>; readonly otp: Otp }> {
  const { otpLength, station: key } = station.envelope.body;
  const otp = generateOtp(otpLength, random);
  const sealedOtp = await seal(otp.characters, key.sealingKey, {
    purpose: 'otp',
    ceremony: stage.ceremony,
    nonce: '',
    expiresAt: key.expiresAt,
    sender: stage.officer.fingerprint,
  });
  return { otp, message: await startMessage(stage, station, { method: 'otp', sealedOtp, ...plan }) };
}

/** A custodian's share (hex), sealed to the station of an attempt message. */
export async function shareMessage(
  stage: Stage,
  custodian: UnlockedIdentity,
  attempt: SignedMessage<'attempt'>,
  share: string,
  change: Partial<Body<'share'>> = {},
): Promise<SignedMessage<'share'>> {
  const { nonce, station } = attempt.envelope.body;
  const expiresAt = change.expiresAt ?? station.expiresAt;
  const bound = change.nonce ?? nonce;
  const sealed = await seal(fromHex(share), station.sealingKey, {
    purpose: 'share',
    ceremony: stage.ceremony,
    nonce: bound,
    expiresAt,
    sender: custodian.fingerprint,
  });
  return signMessage(
    {
      v: 1,
      type: 'share',
      ceremony: stage.ceremony,
      prev: attempt.digest,
      issuedAt: new Date().toISOString(),
      from: custodian.fingerprint,
      body: { nonce: bound, sealedTo: sealingKeyId(station.sealingKey), sealed, expiresAt, ...change },
    },
    custodian.privateKey,
  );
}

/** A started PGP attempt at the first station. */
export async function startedAttempt(stage: Stage) {
  const [operator] = stage.operators;
  const { message } = await operator.station.status();
  const start = await startMessage(stage, message);
  return { start, attempt: await operator.station.start(start) };
}

/** The journal of the stage's ceremony at a station. */
export function journalOf(stage: Stage, player: Player): JournalLine[] {
  return readFileSync(player.home.ceremony(toHex(stage.ceremony)).journal, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalLine);
}

export const eventsOf = (lines: readonly JournalLine[]): string[] => lines.map(({ event }) => event);
