import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { sha256 } from '@noble/hashes/sha2.js';
import { AirlockError } from '../../shared/airlock-error';
import { equalBytes, toHex } from '../../shared/bytes';
import { packedMax } from '../../shared/message/body';
import { expectMessage } from '../../shared/message/direction';
import { MessageError } from '../../shared/message/message-error';
import { type KnownKey, type SignedMessage, signMessage, verifyMessage } from '../../shared/message/wire';
import { isPlainSignature, plainArmor, plainArmored } from '../../shared/openpgp/plain-armor';
import { parseSignersKey } from '../../shared/openpgp/public-key';
import { signDetached, verifyDetached } from '../../shared/openpgp/signature';
import { bareLines, journalOf } from '../../shared/transcript/bare-lines';
import { parseCheckpoint } from '../../shared/transcript/checkpoint';
import { parseJournal } from '../../shared/transcript/journal-line';
import {
  isLiveCheckpoint,
  type LiveCheckpoint,
  liveCheckpointText,
  parseLiveCheckpoint,
} from '../../shared/transcript/live-checkpoint';
import { personFileName } from './file-name';
import type { UnlockedIdentity } from './identity';
import type { StationTranscript, TranscriptPerson } from './station-transcript';

export type LogErrorCode =
  /** There is nothing yet that a checkpoint fixes, or lines were added since. */
  | 'not-signed-off'
  /** Nothing is on record yet that a witness could look at. */
  | 'nothing-yet'
  /** More than a moving code carries. */
  | 'log-too-large'
  /** What came in can't be unpacked into a journal. */
  | 'log-damaged'
  /** Journal, checkpoint, ceremony and sender don't belong together. */
  | 'log-mismatch'
  /** A signature in it doesn't fit, or the sender's own is missing. */
  | 'log-unsigned'
  | 'own-journal'
  /** Another journal of the same station was taken before, which this one doesn't continue. */
  | 'log-contradicts';

/** Why a station's journal can't cross as a code, or isn't taken. */
export class LogError extends AirlockError<LogErrorCode> {}

/** A journal that came in by a code, verified as far as it goes by itself. */
export interface Log {
  /** 32 lower-case hex digits. */
  readonly ceremony: string;
  readonly from: KnownKey;
  /** Digest of the message that carried it. */
  readonly digest: Uint8Array;
  readonly issuedAt: string;
  readonly lines: number;
  /** SHA-256 of the last line, lower-case hex. */
  readonly head: string;
  readonly rehearsal: boolean;
  /** Whether the journal goes on: it is for a witness to look at, and for no archive. */
  readonly isLive: boolean;
  readonly transcript: StationTranscript & { readonly checkpoint: string };
}

/** Bytes that a packed journal may unpack to: a hundred times what a ceremony's comes to. */
const LARGEST = 4 * 1024 * 1024;
/**
 * Lines of a journal that crosses, at most: a ceremony has some sixty. Reading one takes a millisecond, and
 * what is packed well has a hundred thousand in the smallest code.
 */
const MOST_LINES = 5000;

/**
 * The message that carries a closed journal, its checkpoint, everyone's signatures and the keys that belong
 * to them. `ceremony`: 16 bytes. Throws `LogError` 'not-signed-off', 'log-too-large', and `TranscriptError`
 * where the journal is damaged.
 */
export async function logMessage(
  identity: UnlockedIdentity,
  ceremony: Uint8Array,
  { journal, checkpoint, signatures, people }: StationTranscript,
  now: Date,
): Promise<SignedMessage<'log'>> {
  if (checkpoint === null || parseCheckpoint(checkpoint).fileSha256 !== toHex(sha256(journal)))
    throw new LogError(
      'not-signed-off',
      'This transcript has no checkpoint yet, or lines were added since. Sign off first: only a closed journal is carried over.',
    );
  const signed = new Map(signatures.map(({ name, armored }) => [name, plainArmored('signature', armored)]));
  return carried(identity, ceremony, now, {
    checkpoint,
    lines: packed(bareLines(journal)),
    people: people.map((person) => {
      const signature = signed.get(personFileName(person));
      return { name: person.name, publicKey: person.publicKey, ...(signature ? { signature } : {}) };
    }),
  });
}

/**
 * The message that carries a journal in the middle of its ceremony, for a witness: all of it so far, and the
 * signature of this station's person over its live checkpoint. `ceremony`: 16 bytes. Throws `LogError`
 * 'nothing-yet', 'log-too-large', and `TranscriptError` where the journal is damaged.
 */
export async function liveLogMessage(
  identity: UnlockedIdentity,
  ceremony: Uint8Array,
  journal: Uint8Array,
  now: Date,
): Promise<SignedMessage<'log'>> {
  const last = journal.length === 0 ? undefined : parseJournal(journal).at(-1);
  if (last === undefined)
    throw new LogError(
      'nothing-yet',
      'Nothing of this ceremony is on record here yet, so there is nothing to show to a witness.',
    );
  const checkpoint = liveCheckpointText({
    ceremony: last.line.ceremony,
    station: last.line.station,
    lines: last.line.n,
    head: last.hash,
    fileSha256: toHex(sha256(journal)),
    rehearsal: last.line.rehearsal,
  });
  const signature = await signDetached(new TextEncoder().encode(checkpoint), identity.privateKey);
  const { name, publicKey } = identity;
  return carried(identity, ceremony, now, {
    checkpoint,
    lines: packed(bareLines(journal)),
    people: [{ name, publicKey, signature }],
  });
}

/** Signs the message, where it isn't too large. */
async function carried(
  identity: UnlockedIdentity,
  ceremony: Uint8Array,
  now: Date,
  body: SignedMessage<'log'>['envelope']['body'],
): Promise<SignedMessage<'log'>> {
  const { lines } = checkpointIn(body.checkpoint);
  if (body.lines.length > packedMax) throw tooLarge(lines, body.lines.length);
  try {
    return await signMessage(
      {
        v: 1,
        type: 'log',
        ceremony,
        prev: null,
        issuedAt: now.toISOString(),
        from: identity.fingerprint,
        body,
      },
      identity.privateKey,
    );
  } catch (error) {
    if (error instanceof MessageError && error.code === 'too-large') throw tooLarge(lines, body.lines.length);
    throw error;
  }
}

const checkpointIn = (text: string): LiveCheckpoint =>
  isLiveCheckpoint(text) ? parseLiveCheckpoint(text) : parseCheckpoint(text);

const tooLarge = (lines: number, bytes: number): LogError =>
  new LogError(
    'log-too-large',
    `This journal has ${lines} lines, which are ${bytes} bytes when they are packed. A moving code carries ${packedMax} at most. Archive it into a folder, and carry that over.`,
  );

const packed = (text: string): Uint8Array =>
  new Uint8Array(
    brotliCompressSync(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    }),
  );

/**
 * Reads a journal that came in, from somebody who is known here. The journal is made again byte for byte and
 * held against the checkpoint, and each signature against the key that came with it. Throws `MessageError`,
 * `TranscriptError`, `LogError` 'log-damaged', 'log-mismatch', 'log-unsigned'.
 */
export async function readLog(
  message: SignedMessage,
  to: Pick<UnlockedIdentity, 'role'>,
  known: readonly KnownKey[],
): Promise<Log> {
  const from = await verifyMessage(message, known);
  const { body, ceremony, issuedAt } = expectMessage(message, { types: ['log'], to: to.role });
  const journal = unpacked(body.lines);
  const checkpoint = checkpointIn(body.checkpoint);
  const lines = parseJournal(journal);
  const last = lines.at(-1);
  const fits =
    ceremony !== null &&
    toHex(ceremony) === checkpoint.ceremony &&
    checkpoint.fileSha256 === toHex(sha256(journal)) &&
    checkpoint.lines === lines.length &&
    checkpoint.head === last?.hash &&
    lines.every(
      ({ line }) =>
        line.ceremony === checkpoint.ceremony &&
        line.station === checkpoint.station &&
        line.rehearsal === checkpoint.rehearsal &&
        line.who === toHex(from.fingerprint).toUpperCase(),
    );
  if (!fits)
    throw new LogError(
      'log-mismatch',
      `This journal is not the one that its checkpoint fixes, or is of another ceremony or person than ${from.name}, who sent it. Nothing was kept. Ask ${from.name} how it came about.`,
    );
  const { people, signatures } = await peopleIn(body, from, known);
  return {
    ceremony: checkpoint.ceremony,
    from,
    digest: message.digest,
    issuedAt,
    lines: checkpoint.lines,
    head: checkpoint.head,
    rehearsal: checkpoint.rehearsal,
    isLive: isLiveCheckpoint(body.checkpoint),
    transcript: { station: checkpoint.station, journal, checkpoint: body.checkpoint, people, signatures },
  };
}

function unpacked(packed: Uint8Array): Uint8Array {
  let count = 0;
  try {
    const bytes = brotliDecompressSync(packed, { maxOutputLength: LARGEST });
    for (const byte of bytes) if (byte === 0x0a) count += 1;
    const isReadable = count > 0 && count <= MOST_LINES;
    if (isReadable) return journalOf(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Said below.
  }
  if (count > MOST_LINES)
    throw new LogError(
      'log-too-large',
      `This journal has ${count} lines, and a code is read up to ${MOST_LINES}. Nothing was kept. Have it archived into a folder once it is closed.`,
    );
  throw new LogError(
    'log-damaged',
    'The journal in this code can’t be unpacked. Nothing was kept. Use the same version on every station, and have the other one show it again.',
  );
}

/** Who is named in a log, by the names that they are known by here, and the signatures, each verified. */
async function peopleIn(
  { checkpoint, people: sent }: SignedMessage<'log'>['envelope']['body'],
  from: KnownKey,
  known: readonly KnownKey[],
): Promise<Pick<StationTranscript, 'signatures'> & { readonly people: TranscriptPerson[] }> {
  const people: TranscriptPerson[] = [];
  const signatures: { name: string; armored: string }[] = [];
  for (const { name: sentName, publicKey, signature } of sent) {
    const fingerprint = await fingerprintIn(publicKey, sentName);
    const name = known.find((person) => equalBytes(person.fingerprint, fingerprint))?.name ?? sentName;
    const person = { name, fingerprint, publicKey };
    people.push(person);
    if (signature === undefined) continue;
    try {
      if (!isPlainSignature(signature)) throw unsigned(name);
      await verifyDetached(new TextEncoder().encode(checkpoint), signature, publicKey);
    } catch {
      throw unsigned(name);
    }
    signatures.push({ name: personFileName(person), armored: plainArmor('signature', signature) });
  }
  const own = people.find((person) => equalBytes(person.fingerprint, from.fingerprint));
  if (own === undefined || !signatures.some(({ name }) => name === personFileName(own)))
    throw unsigned(from.name);
  return { people, signatures };
}

async function fingerprintIn(publicKey: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    const { binary, fingerprint } = await parseSignersKey(publicKey);
    if (equalBytes(binary, publicKey)) return fingerprint;
  } catch {
    // Said below.
  }
  throw new LogError('log-damaged', `The key of ${name} in this code can’t be read. Nothing was kept.`);
}

const unsigned = (name: string): LogError =>
  new LogError(
    'log-unsigned',
    `The checkpoint in this code isn't signed by ${name} as it says, or not at all. Nothing was kept. Have it signed, then show the code again.`,
  );
