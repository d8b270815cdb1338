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
    throw new LogError(
      'log-contradicts',
      `${log.from.name} showed another journal of this ceremony before (${kept.lines} lines, checkpoint of ${kept.issuedAt.slice(0, 16).replace('T', ' ')}), and neither continues the other: lines were changed. Nothing was replaced. Keep both codes, and tell the others and the auditor.`,
    );
  }
  home.makeLogs(log.ceremony);
  const path = home.log(log.ceremony, toHex(log.digest));
  writeMessageFile(path, wireBytes(message));
  syncFolder(dirname(path));
  return log;
}

/** Whether one journal begins with the whole other. */
function continues({ transcript: { journal: a } }: Log, { transcript: { journal: b } }: Log): boolean {
  const length = Math.min(a.length, b.length);
  return equalBytes(a.subarray(0, length), b.subarray(0, length));
}

/**
 * Journals of one ceremony that were taken here: of each station the longest, and of the same one that with
 * the most signatures. Each is verified again. Throws `HomeFinding` 'not-as-signed', and `MessageError`
 * 'unknown-signer' where its sender is no longer known here.
 */
export async function keptLogs(
  home: Home,
  ceremony: string,
  identity: Pick<UnlockedIdentity, 'role'>,
  known: readonly KnownKey[],
): Promise<Log[]> {
  const best = new Map<string, Log>();
  for (const log of await everyLog(home, ceremony, identity, known)) {
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
