import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makeSealingKey } from '../../../shared/message/seal';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import type { Home } from '../../store/home';
import type { Identity, UnlockedIdentity } from '../../store/identity';
import { HomeFinding } from '../../store/seal/home-finding';
import { readSealed, writeSealed } from '../../store/seal/sealed-file';
import { destroyFile } from '../../store/secret-file';
import { readState, writeState } from '../../store/state-file';
import { reasonOf, StoreError } from '../../store/store-error';

/** A station's one-time key lives this long: a working day with a margin. */
export const SEALING_KEY_LIFETIME_MS = 12 * 60 * 60 * 1000;

const introductionFile = z.strictObject({
  v: z.literal(1),
  introductions: z.array(
    z.strictObject({
      /** Digest of the station message. */
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      carrier: z.string(),
      expiresAt: z.iso.datetime(),
      address: z.string(),
      clusterId: z.string(),
      rehearsal: z.boolean(),
    }),
  ),
});

/** A station message that an officer may still answer. */
export interface Introduction {
  /** Hex. */
  readonly digest: string;
  readonly carrier: string;
  readonly expiresAt: string;
  readonly address: string;
  readonly clusterId: string;
  readonly rehearsal: boolean;
}

/** The introductions whose keys still live. */
export const listIntroductions = (home: Home, now: Date): readonly Introduction[] =>
  allIntroductions(home).filter(({ expiresAt }) => Date.parse(expiresAt) > now.getTime());

/** Destroys the keys of introductions that have expired; says how many there were. */
export function dropExpired(home: Home, now: Date): number {
  const alive = listIntroductions(home, now);
  const expired = allIntroductions(home).filter(({ digest }) =>
    alive.every((each) => each.digest !== digest),
  );
  if (expired.length === 0) return 0;
  const destroyed = expired.filter(({ digest }) => destroySecret(home.stationSecret(digest)));
  writeState(home.station(), { v: 1, introductions: alive });
  return destroyed.length;
}

const allIntroductions = (home: Home): readonly Introduction[] =>
  readState(home.station(), introductionFile)?.introductions ?? [];

/** Remembers an introduction and its private key. */
export async function keepIntroduction(
  home: Home,
  introduction: Introduction,
  privateKey: Uint8Array,
  identity: Identity,
): Promise<void> {
  await keepSealingKey(home.stationSecret(introduction.digest), privateKey, identity);
  writeState(home.station(), { v: 1, introductions: [...allIntroductions(home), introduction] });
}

/** Destroys an introduction's key once it has served; says whether there was one. */
export function forgetIntroduction(home: Home, digest: string): boolean {
  const destroyed = destroySecret(home.stationSecret(digest));
  const others = allIntroductions(home).filter((each) => each.digest !== digest);
  writeState(home.station(), { v: 1, introductions: others });
  return destroyed;
}

/** A new one-time key and the moment it expires. */
export async function newSealingKey(now: Date): Promise<{
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly expiresAt: string;
}> {
  const pair = await makeSealingKey();
  return { ...pair, expiresAt: new Date(now.getTime() + SEALING_KEY_LIFETIME_MS).toISOString() };
}

/**
 * Writes a sealing key, encrypted to the person's own identity key: it never lies on disk in the clear. Throws
 * `StoreError` 'file-unwritable'.
 */
export async function keepSealingKey(
  path: string,
  privateKey: Uint8Array,
  identity: Identity,
): Promise<void> {
  const sealed = await encryptToKey(privateKey, identity.publicKey);
  try {
    writeSealed(path, sealed);
  } catch (error) {
    if (error instanceof HomeFinding) throw error;
    throw new StoreError(
      'file-unwritable',
      `This station's one-time key can't be kept in the folder ${dirname(path)} (${reasonOf(error)}), so no message was made. Make room there or have its rights changed, and do this step again.`,
    );
  }
}

/** The sealing key in `path`; the caller wipes it. Throws `OpenPgpError`. */
export function openSealingKey(path: string, identity: UnlockedIdentity): Promise<Uint8Array> {
  return decryptWithKey(readSealed(path) ?? new Uint8Array(), identity.privateKey);
}

/** Overwrites and removes a secret's file, where there is one; says whether there was. */
export function destroySecret(path: string): boolean {
  if (!existsSync(path)) return false;
  destroyFile(path);
  return true;
}
