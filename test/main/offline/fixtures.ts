import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as plain } from 'vitest';
import { type Cast, makeCast, type OfflinePlayer, type OnlinePlayer } from '../../../main/cli/rehearse/cast';
import type { OfflineEye } from '../../../main/offline/network-desk';
import type { OfficerDesk } from '../../../main/offline/officer/desk';
import { OfflineStation } from '../../../main/offline/offline-station';
import { type RehearsalServer, startRehearsalServer } from '../../../main/rehearsal/server';
import { openHome } from '../../../main/store/home';
import { toHex } from '../../../shared/bytes';
import { startOf } from '../../../shared/ceremony/officer';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import type { Body, MessageType, Role } from '../../../shared/message/body';
import { type SignedMessage, signMessage } from '../../../shared/message/wire';
import { acquaint, take } from './cast-fixture';

export { take };

export const passphrase = 'correct horse battery';
export const about = () => ({ version: '', build: null, electron: '', chromium: '', node: '', parts: [] });
/** Where no report is printed. */
export const noPaper = { pdf: () => Promise.reject(new Error('no report is printed here')) };
export const surroundings = {
  electron: '',
  offline: { ok: true, checkedAt: '', detail: '', up: [], layersAt: '', layers: [] },
};

/** A station on a home folder, as the app makes it. */
export const stationOn = (folder: string, clock = () => new Date(), eye?: OfflineEye): OfflineStation =>
  new OfflineStation({
    home: openHome(folder),
    clock,
    random: (length) => new Uint8Array(randomBytes(length)),
    version: '0.0.0',
    program: 'test',
    ...(eye === undefined ? {} : { eye }),
  });

/** A laptop with a person at it. */
export interface Laptop {
  readonly station: OfflineStation;
  readonly folder: string;
}

interface Fixtures {
  /** An empty folder that is gone when the test ends. */
  newFolder: () => string;
  newLaptop: (name: string, role: Role, label?: string) => Promise<Laptop>;
  newStation: (name: string, role: Role) => Promise<OfflineStation>;
  /** An officer who knows as many custodians as the server needs shares, with a plan typed in by hand. */
  plannedByHand: (method: 'pgp' | 'otp', otpLength?: number) => Promise<Laptop & { readonly id: string }>;
}

export const test = plain.extend<Fixtures>({
  newFolder: async ({ task: _ }, use) => {
    const folders: string[] = [];
    await use(() => {
      const folder = mkdtempSync(join(tmpdir(), 'airlock-test-'));
      folders.push(folder);
      return folder;
    });
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
  newLaptop: async ({ newFolder }, use) => {
    await use(async (name, role, label = `${name}'s laptop`) => {
      const folder = newFolder();
      const station = stationOn(folder);
      await station.person.create({ name, role, station: label, passphrase });
      return { station, folder };
    });
  },
  newStation: async ({ newLaptop }, use) => {
    await use(async (name, role) => (await newLaptop(name, role)).station);
  },
  plannedByHand: async ({ newLaptop, newStation }, use) => {
    await use(async (method, otpLength = 28) => {
      const { station, folder } = await newLaptop('Olga', 'officer');
      const roster: string[] = [];
      for (const name of ['Ada', 'Ben']) {
        const custodian = await newStation(name, 'custodian');
        await introduce(custodian, station);
        roster.push(toHex(custodian.identity().fingerprint));
      }
      station.beginCeremony(false);
      const desk = station.officer();
      desk.plan.takeByHand({ address: 'https://vault.example:8200', otpLength, threshold: 2, shares: 3 });
      desk.plan.agree({
        ...desk.state.draft,
        title: 'Re-enable OIDC',
        purpose: 'The tenant changed',
        method,
        roster,
      });
      return { station, folder, id: desk.state.id };
    });
  },
});

/** Everyone of a ceremony, acquainted, and the server that it is about. */
export interface Stage {
  readonly server: RehearsalServer;
  readonly cast: Cast;
}

/**
 * Custodians, an officer and two operators, once for all tests of a file. `shares`: how many the server has,
 * of which it needs two.
 */
export const stageTest = (shares: number, custodians = 2) =>
  plain.extend<{ $file: { stage: Stage } }>({
    stage: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest wants a pattern, and this needs no other
      async ({}, use) => {
        const folder = mkdtempSync(join(tmpdir(), 'airlock-stage-'));
        const server = await startRehearsalServer({
          listen: '127.0.0.1:0',
          shares,
          threshold: 2,
          tokenFormat: 'hvs',
        });
        const cast = await makeCast({
          homes: folder,
          custodians,
          server: { address: server.address },
          version: '0.0.0',
          clock: () => new Date(),
        });
        await acquaint(cast);
        await use({ server, cast });
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
      { scope: 'file' },
    ],
  });

/** This person's own identity, as text to be pasted. */
export const identityText = (station: OfflineStation): string => {
  const [id] = station.outbox.entries().keys();
  return station.outbox.file(id ?? '').text;
};

/** `to` takes in who `who` is, and compares the words. */
export async function introduce(who: OfflineStation, to: OfflineStation): Promise<void> {
  await to.receiveText(identityText(who), 'paste');
  await to.person.confirm(true);
}

/** A message that the person at a station signs, whatever the station itself would say to it. */
export function signedBy<T extends MessageType>(
  station: OfflineStation,
  type: T,
  place: { readonly ceremony: Uint8Array | null; readonly prev: Uint8Array | null },
  body: Body<T>,
): Promise<SignedMessage<T>> {
  const { fingerprint: from, privateKey } = station.identity();
  return signMessage({ v: 1, type, ...place, issuedAt: new Date().toISOString(), from, body }, privateKey);
}

/** A ceremony whose attempt both stations have open. */
export interface OpenedCeremony {
  readonly desk: OfficerDesk;
  /** The attempt message of each station, the one that started it first. */
  readonly attempts: readonly [SignedMessage<'attempt'>, SignedMessage<'attempt'>];
}

/** The officer plans a ceremony with everyone of the stage, and both operators take part in its attempt. */
export async function openCeremony(
  { cast: { officer, operators, custodians } }: Stage,
  plan: Partial<PlanDraft> = {},
): Promise<OpenedCeremony> {
  officer.station.beginCeremony(true);
  await take(officer, (await operators[0].station.status()).message);
  const desk = officer.station.officer();
  desk.plan.agree({
    ...desk.state.draft,
    title: 'Rehearsal',
    purpose: 'Practice',
    roster: [
      ...operators.map(({ identity }) => identity),
      ...custodians.map(({ station }) => station.identity()),
    ].map(({ fingerprint }) => toHex(fingerprint)),
    ...plan,
  });
  if (desk.state.draft.method === 'otp') await desk.key.makeOtp();
  else await desk.key.makeKey('curve25519');
  desk.startSent();
  const opened = await operators[0].station.start(desk.file.message(startOf(desk.state) ?? '', 'start'));
  const joined = await operators[1].station.join(opened.message);
  return { desk, attempts: [opened.message, joined.message] };
}

/** A custodian takes an attempt, agrees to it, and releases a share. */
export async function release(
  custodian: OfflinePlayer,
  attempt: SignedMessage,
  share: string,
): Promise<SignedMessage<'share'>> {
  await take(custodian, attempt);
  custodian.station.custodian().check(true, '');
  await custodian.station.custodian().enterShare({ kind: 'text', text: share });
  return custodian.station.custodian().release();
}

/** A player's fingerprint in hex. */
export const hexOf = (player: OfflinePlayer | OnlinePlayer): string =>
  toHex(('identity' in player ? player.identity : player.station.identity()).fingerprint);

/** The code and the sentence by which something is refused. Fails where it isn't. */
export async function refusal(
  action: Promise<unknown> | (() => unknown),
): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { code: String(error.code), message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

/** An attempt that two custodians' shares have finished, at the second station, with its token decoded. */
export async function finishCeremony(
  stage: Stage,
  plan: Partial<PlanDraft> = {},
): Promise<{ readonly desk: OfficerDesk; readonly result: SignedMessage<'result'> }> {
  const { server, cast } = stage;
  const { officer, operators, custodians } = cast;
  const { desk, attempts } = await openCeremony(stage, {
    stations: Object.fromEntries(
      custodians.slice(0, 2).map((custodian, at) => [hexOf(custodian), hexOf(operators[at as 0 | 1])]),
    ),
    ...plan,
  });
  let result: SignedMessage<'result'> | null = null;
  for (const at of [0, 1] as const) {
    const custodian = custodians[at];
    if (custodian === undefined) throw new Error('there are too few custodians');
    const share = await release(custodian, attempts[at], server.shares[at] ?? '');
    ({ result } = await operators[at].station.submit(share));
    custodian.station.custodian().finish();
  }
  if (result === null) throw new Error('the server made no token');
  await take(officer, result);
  await desk.token.decode(officer.passphrase);
  return { desk, result };
}
