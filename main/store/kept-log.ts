import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { equalBytes, toHex } from '../../shared/bytes';
import { MessageError } from '../../shared/message/message-error';
import { type KnownKey, parseWire, type SignedMessage, wireBytes } from '../../shared/message/wire';
import { syncFolder } from './folder';
import type { Home } from './home';
import type { UnlockedIdentity } from './identity';
import { type Log, LogError, readLog } from './log';
import { writeMessageFile } from './message-file';
import { bytesIn } from './seal/home-files';
import { findingAt } from './seal/sealed-file';

/**
 * Takes a journal that came in by a code, and keeps the message that carried it as it was signed. What was
 * taken of the same station before has to be the beginning of it, or the same. Throws as `readLog` does,
 * `LogError` 'own-journal', 'log-contradicts', `HomeFinding`, and what the system throws.
 */
export async function takeLog(
  home: Home,
  message: SignedMessage,
  identity: Pick<UnlockedIdentity, 'role' | 'fingerprint'>,
  known: readonly KnownKey[],
): Promise<Log> {
  if (equalBytes(message.envelope.from, identity.fingerprint))
    throw new LogError('own-journal', 'This is your own journal, which lies here already. Nothing was kept.');
  const log = await readLog(message, identity, known);
  for (const kept of await everyLog(home, log.ceremony, identity, known)) {
    if (!equalBytes(kept.from.fingerprint, log.from.fingerprint) || continues(log, kept)) continue;
    keep(home, log, message, '.contradicts.airlock');
    throw new ContradictingLog(log, kept);
  }
  keep(home, log, message, '.airlock');
  return log;
}

/**
 * Two journals of one station, both signed by its person, of which neither continues the other. Both are
 * kept: together they prove it to others.
 */
export class ContradictingLog extends LogError {
  /** The first line that is another one. */
  readonly line: number;

  constructor(
    readonly log: Log,
    before: Log,
  ) {
    const line = firstDifference(log.transcript.journal, before.transcript.journal);
    super(
      'log-contradicts',
      `${log.from.name} showed another journal of this ceremony before (${before.lines} lines, checkpoint of ${before.issuedAt.slice(0, 16).replace('T', ' ')}), and neither continues the other: from line ${line} on, lines were changed. Nothing was replaced, and both are kept here. Tell the others and the auditor.`,
    );
    this.line = line;
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let line = 1;
  for (let at = 0; at < a.length && a[at] === b[at]; at++) if (a[at] === 0x0a) line += 1;
  return line;
}

function keep(home: Home, { ceremony, digest }: Log, message: SignedMessage, end: string): void {
  home.makeLogs(ceremony);
  const path = home.log(ceremony, toHex(digest)).replace(/\.airlock$/, end);
  writeMessageFile(path, wireBytes(message));
  syncFolder(dirname(path));
}

/** Whether one journal begins with the whole other. */
function continues({ transcript: { journal: a } }: Log, { transcript: { journal: b } }: Log): boolean {
  const length = Math.min(a.length, b.length);
  return equalBytes(a.subarray(0, length), b.subarray(0, length));
}

/**
 * Closed journals of one ceremony that were taken here: of each station the longest, and of the same one that
 * with the most signatures. Each is verified again. Throws `HomeFinding` 'not-as-signed', and `MessageError`
 * 'unknown-signer' where its sender is no longer known here.
 */
export async function keptLogs(
  home: Home,
  ceremony: string,
  identity: Pick<UnlockedIdentity, 'role'>,
  known: readonly KnownKey[],
): Promise<Log[]> {
  return fullest((await everyLog(home, ceremony, identity, known)).filter(({ isLive }) => !isLive));
}

/** As `keptLogs`, also of journals that go on: what is known here of each station. */
export async function followedLogs(
  home: Home,
  ceremony: string,
  identity: Pick<UnlockedIdentity, 'role'>,
  known: readonly KnownKey[],
): Promise<Log[]> {
  return fullest(await everyLog(home, ceremony, identity, known));
}

/** Of each person's journals the fullest, by the labels of their stations. */
function fullest(logs: readonly Log[]): Log[] {
  const best = new Map<string, Log>();
  for (const log of logs) {
    const by = toHex(log.from.fingerprint);
    const other = best.get(by);
    if (other === undefined || isFuller(log, other)) best.set(by, log);
  }
  return [...best.values()].sort((a, b) => (a.transcript.station < b.transcript.station ? -1 : 1));
}

const isFuller = (log: Log, than: Log): boolean =>
  log.lines > than.lines ||
  (log.lines === than.lines && log.transcript.signatures.length > than.transcript.signatures.length);

async function everyLog(
  home: Home,
  ceremony: string,
  identity: Pick<UnlockedIdentity, 'role'>,
  known: readonly KnownKey[],
): Promise<Log[]> {
  const digests = namesIn(home.logs(ceremony)).flatMap((name) => KEPT.exec(name)?.[1] ?? []);
  return Promise.all(
    digests.map(async (digest) => {
      const path = home.log(ceremony, digest);
      const bytes = bytesIn(path);
      if (bytes === null) throw findingAt('missing', path);
      try {
        const message = parseWire(bytes);
        const log = await readLog(message, identity, known);
        if (toHex(message.digest) === digest && log.ceremony === ceremony) return log;
      } catch (error) {
        if (error instanceof MessageError && error.code === 'unknown-signer') throw error;
      }
      throw findingAt('not-as-signed', path);
    }),
  );
}

const KEPT = /^([0-9a-f]{64})\.airlock$/;

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
