import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AirlockError } from '../../shared/airlock-error';
import { makeFolders } from './folder';
import { strangerIn } from './strange-home';

export type HomeErrorCode =
  | 'home-unusable'
  /** A link, a pipe or a device lies in it: nothing is read from it or written through it. */
  | 'strange-home'
  /** Another program works in it at this moment. */
  | 'home-in-use'
  | 'identity-exists'
  /** Files that only an unlocked home writes lie where no identity is. */
  | 'not-empty'
  | 'identity-missing'
  | 'identity-damaged'
  /** A later version of Airlock has worked in it. */
  | 'home-too-new'
  | 'bad-name'
  | 'weak-passphrase'
  | 'people-damaged'
  | 'not-an-identity'
  | 'name-taken'
  | 'own-key'
  | 'unknown-person';

/** What can be wrong with a home: the folder, the identity in it, the people it knows. */
export class HomeError extends AirlockError<HomeErrorCode> {}

/** Where one ceremony's files lie on this machine. */
export interface CeremonyPaths {
  readonly dir: string;
  readonly journal: string;
  readonly state: string;
  /** The ceremony's secrets, encrypted to the person's own identity key. */
  readonly secret: string;
  readonly messages: string;
  message(digestHex: string): string;
  /**
   * Raw answers of the server, before anything was parsed (docs/server-facts.md, "The last answer comes
   * once").
   */
  readonly answers: string;
  /** The one-time key that the officer may seal the token to, encrypted to the person's own identity key. */
  readonly handoffKey: string;
  /** What a task of the plan (from 1) brought back, encrypted to whom the plan names. */
  brought(task: number): string;
  readonly checkpoint: string;
}

/** One person's folder on one machine. */
export interface Home {
  readonly dir: string;
  identity(): string;
  people(): string;
  /** Commitments of the shares that were entered here. */
  custody(): string;
  /** Scripts of ceremonies that were taken in here. */
  scripts(): string;
  /** How codes are shown and read here. */
  preferences(): string;
  /** Where the app's window stood. */
  windowPlace(): string;
  /** The home journal: what happened before a ceremony had a name. */
  journal(): string;
  /** Online station: what it introduced itself with lately, before a ceremony exists. */
  station(): string;
  /** The one-time sealing key of such an introduction, encrypted to the person's own identity key. */
  stationSecret(digestHex: string): string;
  /** Paths only: makes nothing on disk. */
  ceremony(ceremonyIdHex: string): CeremonyPaths;
  /** As `ceremony`, and makes its folders, closed to others. */
  makeCeremony(ceremonyIdHex: string): CeremonyPaths;
  /** Ids (32 hex digits) of the ceremonies that have a folder here, sorted. */
  listCeremonies(): string[];
  /** Folder of other stations' journals of one ceremony, as they came in by codes. */
  logs(ceremonyIdHex: string): string;
  log(ceremonyIdHex: string, digestHex: string): string;
  /** Makes that folder, closed to others. */
  makeLogs(ceremonyIdHex: string): void;
  /** Ids of the ceremonies of which such journals are here, sorted. */
  listLogs(): string[];
  /** An outcome that somebody took in who keeps no folder of its ceremony, as a witness does. */
  outcome(ceremonyIdHex: string, digestHex: string): string;
  /** Makes the folder of a ceremony's outcomes, closed to others. */
  makeOutcomes(ceremonyIdHex: string): void;
  /** Ids of the ceremonies of which such outcomes are here, sorted. */
  listOutcomes(): string[];
}

const CEREMONY_ID = /^[0-9a-f]{32}$/;

/** The folder that is used when none is named: AIRLOCK_HOME, else `airlock` in the XDG data folder. */
export function defaultHomePath(env: Readonly<Record<string, string | undefined>>): string {
  if (env['AIRLOCK_HOME']) return env['AIRLOCK_HOME'];
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'airlock');
}

/**
 * Opens a person's folder and makes it where it is new. It is closed to others (mode 0700), also where it was
 * there already. Throws `HomeError` 'home-unusable', 'strange-home'.
 */
export function openHome(path: string): Home {
  const dir = resolve(path);
  makeFolder(dir);
  closeToOthers(dir);
  refuseStrangers(dir);
  const ceremony = (id: string): CeremonyPaths => ceremonyPaths(dir, id);
  return {
    dir,
    identity: () => join(dir, 'identity.json'),
    people: () => join(dir, 'people.json'),
    custody: () => join(dir, 'custody.json'),
    scripts: () => join(dir, 'scripts.json'),
    preferences: () => join(dir, 'preferences.json'),
    windowPlace: () => join(dir, 'window.json'),
    journal: () => join(dir, 'journal.jsonl'),
    station: () => join(dir, 'station.json'),
    stationSecret: (digestHex) =>
      join(
        dir,
        `station-${digestHex
          .toLowerCase()
          .replace(/[^0-9a-f]/g, '')
          .slice(0, 16)}.pgp`,
      ),
    ceremony,
    makeCeremony(id) {
      const paths = ceremony(id);
      for (const folder of [join(dir, 'ceremonies'), paths.dir, paths.messages]) makeFolder(folder);
      return paths;
    },
    listCeremonies: () => ceremoniesIn(join(dir, 'ceremonies')),
    logs: (id) => join(dir, 'logs', ceremonyId(id)),
    log: (id, digestHex) =>
      join(dir, 'logs', ceremonyId(id), `${digestHex.toLowerCase().replace(/[^0-9a-f]/g, '')}.airlock`),
    outcome: (id, digestHex) =>
      join(dir, 'outcomes', ceremonyId(id), `${digestHex.toLowerCase().replace(/[^0-9a-f]/g, '')}.airlock`),
    makeOutcomes(id) {
      for (const folder of [join(dir, 'outcomes'), join(dir, 'outcomes', ceremonyId(id))]) makeFolder(folder);
    },
    listOutcomes: () => ceremoniesIn(join(dir, 'outcomes')),
    makeLogs(id) {
      for (const folder of [join(dir, 'logs'), join(dir, 'logs', ceremonyId(id))]) makeFolder(folder);
    },
    listLogs: () => ceremoniesIn(join(dir, 'logs')),
  };
}

const ceremoniesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => CEREMONY_ID.test(name))
        .sort()
    : [];

/** The id becomes a path: nothing but hex may pass. Throws `HomeError` 'home-unusable'. */
function ceremonyId(hex: string): string {
  const id = hex.toLowerCase();
  if (CEREMONY_ID.test(id)) return id;
  throw new HomeError('home-unusable', 'A ceremony is named by 32 hex digits.');
}

function ceremonyPaths(home: string, ceremonyIdHex: string): CeremonyPaths {
  const dir = join(home, 'ceremonies', ceremonyId(ceremonyIdHex));
  const messages = join(dir, 'messages');
  return {
    dir,
    journal: join(dir, 'journal.jsonl'),
    state: join(dir, 'state.json'),
    secret: join(dir, 'secret.pgp'),
    messages,
    message: (digestHex) => join(messages, `${digestHex.toLowerCase().replace(/[^0-9a-f]/g, '')}.airlock`),
    answers: join(dir, 'answers'),
    handoffKey: join(dir, 'handoff.pgp'),
    brought: (task) => join(dir, `brought-${task}.pgp`),
    checkpoint: join(dir, 'checkpoint.txt'),
  };
}

function makeFolder(path: string): void {
  usable(path, () => makeFolders(path, 0o700));
}

/**
 * A folder of somebody else's, or one that holds other things than a home (a mistyped --home), keeps its
 * mode.
 */
function closeToOthers(dir: string): void {
  if (process.getuid === undefined) return;
  const own = process.getuid();
  usable(dir, () => {
    const { uid, mode } = statSync(dir);
    if (uid !== own || (mode & 0o077) === 0) return;
    const names = readdirSync(dir);
    if (names.length === 0 || names.some((name) => OF_A_HOME.has(name))) chmodSync(dir, 0o700);
  });
}

/**
 * Whoever can write to a home could otherwise have its owner's program write outside of it, or wait for ever.
 * Throws `HomeError` 'home-unusable', 'strange-home'.
 */
export function refuseStrangers(dir: string): void {
  usable(dir, () => {
    const stranger = strangerIn(dir);
    if (stranger === null) return;
    throw new HomeError(
      'strange-home',
      `In the home ${dir} there is ${stranger.what}: ${stranger.path}. No Airlock puts that there: somebody, or some program, has written to this home. Nothing was read or written. Take it out, put back a copy of what belongs there, and tell the others.`,
    );
  });
}

const OF_A_HOME: ReadonlySet<string> = new Set(['identity.json', 'people.json', 'ceremonies']);

function usable(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof HomeError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new HomeError(
      'home-unusable',
      `The folder ${path} can't be made or opened (${reason}). Choose another.`,
      'Name it with --home or AIRLOCK_HOME.',
    );
  }
}
