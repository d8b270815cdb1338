import { z } from 'zod';
import { MOST_TOKEN_MINUTES } from '../ceremony/token-minutes';
import { isPlainLine, isProperName, nameMax, stationNameMax } from '../plain-text';
import { taskEntries } from '../task/task';
import { TOKEN_KINDS } from '../token/token-kind';

const text = (max: number) => z.string().min(1).max(max);
// Not z.instanceof: it infers Uint8Array<ArrayBuffer>, which bytes from most libraries are not declared as.
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const bytes = (length: number) =>
  z.custom<Uint8Array>((b) => isBytes(b) && b.length === length, `must be ${length} bytes`);
const someBytes = (max: number) =>
  z.custom<Uint8Array>((b) => isBytes(b) && b.length > 0 && b.length <= max, `must be 1 to ${max} bytes`);
const time = z.iso.datetime();
/** Names as `isProperName` wants them: nobody is to pass for somebody else on a screen. */
const properName = (max: number) => z.string().refine((name) => isProperName(name, max), 'must be a name');
/** What a person wrote, as one line of which nothing is hidden. */
const line = (max: number) => z.string().max(max).refine(isPlainLine, 'must be one line of plain text');

/** Wire bytes that a start message may have: attempts carry it whole. */
export const largestStart = 12_000;

/** SHA-256 of a message's bytes, or of a file. 32 bytes. */
export const digestBytes = bytes(32);
/** OpenPGP v4 fingerprint of a signing key. 20 bytes. */
export const fingerprintBytes = bytes(20);
/** A ceremony's id: random, chosen by the officer. 16 bytes. */
export const ceremonyBytes = bytes(16);

/**
 * What a person does in a ceremony (who may send which message follows from it). The archivist takes no part
 * in one, and keeps what comes of it.
 */
export const roleSchema = z.enum(['officer', 'custodian', 'operator', 'witness', 'archivist']);
export type Role = z.infer<typeof roleSchema>;

/** How the server hides the root token on its way back: to a PGP key, or by a one-time password. */
export const methodSchema = z.enum(['pgp', 'otp']);
export type Method = z.infer<typeof methodSchema>;

/** A person of the roster: who they are is their signing key, not their name. */
const participantSchema = z.strictObject({
  name: properName(nameMax),
  role: roleSchema,
  fingerprint: fingerprintBytes,
  /** Of a custodian: the operator whose station takes their share. Left out: a reserve. */
  givesTo: fingerprintBytes.optional(),
  /** Of a custodian who holds more than one share: how many. */
  shares: z.int().min(2).max(16).optional(),
});
export type Participant = z.infer<typeof participantSchema>;

/**
 * Which key shares a server wants: those that unseal it, or, where it unseals itself, its recovery keys
 * (docs/server-facts.md, "Auto-unseal and recovery").
 */
export const shareKindSchema = z.enum(['unseal', 'recovery']);
export type ShareKind = z.infer<typeof shareKindSchema>;

/** What a ceremony makes of key shares. */
export const tokenKindSchema = z.enum(TOKEN_KINDS);

/** What the server that the station talks to says of itself. */
export const serverSchema = z.strictObject({
  address: text(300),
  version: text(80),
  clusterId: z.string().max(80),
  clusterName: z.string().max(80),
  /** A namespace of it, as `parseNamespace` returns it. Left out: the whole server. */
  namespace: line(300).min(1).optional(),
  /** Left out where it is not known. */
  shareKind: shareKindSchema.optional(),
});
export type ServerIdentity = z.infer<typeof serverSchema>;

/** The one-time key a station opens sealed bodies with (HPKE, X25519), and the station's own name. */
const stationKeySchema = z.strictObject({
  label: properName(stationNameMax),
  sealingKey: bytes(32),
  /**
   * After this the station takes nothing sealed to the key; its next command at the latest then destroys it.
   */
  expiresAt: time,
});

const identityBody = z.strictObject({
  name: properName(nameMax),
  role: roleSchema,
  publicKey: someBytes(4096),
});

const stationBody = z.strictObject({
  server: serverSchema,
  station: stationKeySchema,
  /** As the server says: 0 where it names none (UUID era) (docs/server-facts.md, "OTP length"). */
  otpLength: z.int().min(0).max(255),
  threshold: z.int().min(1).max(255),
  shares: z.int().min(1).max(255),
  /** What the server makes of them, by the mode that it runs in. Left out: a root token. */
  tokenKind: tokenKindSchema.optional(),
  /**
   * The server's `Date`; a PGP key created after it would make the server panic (docs/server-facts.md, "A key
   * that the server can't use").
   */
  serverTime: time,
  rehearsal: z.boolean(),
});

const startFields = z.strictObject({
  title: line(80).min(1),
  purpose: line(300).min(1),
  ticket: line(80),
  tokenKind: tokenKindSchema,
  method: methodSchema,
  /** PGP: the binary public key. */
  publicKey: someBytes(4096).optional(),
  /** OTP: sealed to the starting station's key; see message/seal.ts. */
  sealedOtp: someBytes(512).optional(),
  /**
   * With an OTP only: the officer lets the station that starts the attempt finish it, too. The transcript has
   * that as an exception (docs/design.md, "Who can do what alone").
   */
  sameStationAllowed: z.boolean(),
  otpLength: z.int().min(0).max(255),
  threshold: z.int().min(1).max(255),
  server: serverSchema,
  /** What the token will be used for, in order; the last is to revoke it. Older plans have lines alone. */
  tasks: taskEntries,
  /**
   * How long the token may be in somebody's hands, in minutes. Left out, as by earlier versions:
   * `DEFAULT_TOKEN_MINUTES`.
   */
  tokenMinutes: z.int().min(1).max(MOST_TOKEN_MINUTES).optional(),
  roster: z.array(participantSchema).min(2).max(32),
  /**
   * The officer states that one person alone may have a whole quorum (docs/design.md, "Who can do what
   * alone").
   */
  quorumAtOneStation: z.literal(true).optional(),
  rehearsal: z.boolean(),
});

/**
 * A server that is given both a key and a password uses the password: a start message never holds both. One
 * without either can only be of a password that its officer reads to an operator who has no Airlock station:
 * no laptop takes such a start (shared/ceremony/plan-check.ts).
 */
const startBody = startFields.refine(
  ({ method, publicKey, sealedOtp }) =>
    (method === 'pgp') === (publicKey !== undefined) && (method === 'otp' || sealedOtp === undefined),
  { message: 'must be the one that the method says: a PGP key, or a one-time password', path: ['publicKey'] },
);

/**
 * The plan changed while its attempt is open: reserves step in. It names all who ever did, and replaces
 * earlier ones.
 */
const amendmentBody = z.strictObject({
  /** Counts from 1: a greater one replaces a smaller one. */
  number: z.int().min(1).max(99),
  steps: z
    .array(
      z.strictObject({ reserve: fingerprintBytes, insteadOf: fingerprintBytes, givesTo: fingerprintBytes }),
    )
    .min(1)
    .max(15),
  quorumAtOneStation: z.literal(true).optional(),
});

const attemptBody = z.strictObject({
  /**
   * The officer's start message whole (wire bytes), so that a custodian checks the officer's own signature.
   */
  start: someBytes(largestStart),
  /** The officer's newest amendment of it whole (wire bytes), where there is one. */
  amendment: someBytes(4000).optional(),
  server: serverSchema,
  station: stationKeySchema,
  nonce: text(80),
  required: z.int().min(1).max(255),
  progress: z.int().min(0).max(255),
  /** Hex as the server names it, or '' for an OTP. */
  pgpFingerprint: z.string().max(64),
});

export const shareBody = z.strictObject({
  nonce: text(80),
  /**
   * `sealingKeyId` of the key this share is sealed to: a station knows by it whether the share is for itself.
   */
  sealedTo: bytes(8),
  sealed: someBytes(512),
  expiresAt: time,
});

const resultBody = z.strictObject({
  nonce: text(80),
  encodedToken: text(8000),
  pgpFingerprint: z.string().max(64),
  /**
   * The key to which the officer may seal the token, for the tasks of the plan. Earlier versions had none.
   */
  station: stationKeySchema.optional(),
});

const handoffBody = z.strictObject({
  nonce: text(80),
  /** `sealingKeyId` of the key that the result message named. */
  sealedTo: bytes(8),
  /** The token's ASCII characters: see message/seal.ts. */
  sealed: someBytes(512),
  expiresAt: time,
  /**
   * The operator to whose station it is sealed: by it everyone who reads the outcome knows whose word counts.
   * Earlier versions named nobody.
   */
  to: fingerprintBytes.optional(),
});

/** What became of a task of the plan at the station that had the token. */
export const taskFate = z.enum([
  'done',
  /** The server refused it. */
  'failed',
  /** Its answer was lost, and nothing tells whether the server did it. */
  'unknown',
  /** The token was revoked before its turn came. */
  'not-tried',
  /** It is for a person to do: the operator said that it was done. */
  'by-hand',
]);
export type TaskFate = z.infer<typeof taskFate>;

/** Bytes that all a plan's tasks together may bring back in one message, once they are sealed. */
export const broughtMax = 12_000;

const taskOutcome = z.strictObject({
  fate: taskFate,
  /** What the server complained of, or how it was found out; '' where there is nothing to say. */
  said: line(300),
  /** What the task brought back, as an OpenPGP message to the person for whom the plan makes it. */
  brought: z.strictObject({ to: fingerprintBytes, sealed: someBytes(broughtMax) }).optional(),
});

/**
 * An honest station makes no outcome before the server has refused the token. No laptop can ask the server:
 * to a reader it is that station's word.
 */
const outcomeBody = z.strictObject({
  nonce: text(80),
  /** Of the station that had the token. */
  label: properName(stationNameMax),
  /**
   * The officer's handoff whole (wire bytes), so that whoever reads this checks the officer's own signature.
   * Earlier versions had none.
   */
  handoff: someBytes(2000).optional(),
  accessor: line(120).min(1),
  /** One for each task of the plan, in its order, but for the last: that is the revocation. */
  tasks: z.array(taskOutcome).max(12),
  /** How it was seen that the token is dead. */
  proof: line(300).min(1),
  /** When the token was opened at the station, and when it was seen to be dead, by the station's clock. */
  openedAt: time,
  revokedAt: time,
});

const checkpointBody = z.strictObject({ text: text(12_000) });
const signatureBody = z.strictObject({ checkpoint: digestBytes, signature: someBytes(2000) });

/** Bytes that a journal may have once it is packed: its message still has to fit into a moving code. */
export const packedMax = 48_000;

/**
 * One station's journal. A closed one comes with all that a folder of an archive has of it; one that goes on,
 * for a witness, with its own person's signature over its live checkpoint.
 */
const logBody = z.strictObject({
  /** The exact text that was signed: of a checkpoint, or of a live one. */
  checkpoint: text(12_000),
  /** The journal's bare lines (shared/transcript/bare-lines.ts), packed by Brotli. */
  lines: someBytes(packedMax),
  /**
   * Whose keys belong to this journal; of those who signed the checkpoint, their detached signatures over it.
   */
  people: z
    .array(
      z.strictObject({
        name: properName(nameMax),
        publicKey: someBytes(4096),
        signature: someBytes(2000).optional(),
      }),
    )
    .min(1)
    .max(40),
});

/**
 * A witness's signature over what they saw of a station's journal so far: `statementText`
 * (shared/transcript/statement.ts) has the exact text. `prev` of the message is the log that they saw.
 */
const witnessBody = z.strictObject({
  /** Label of the station, and the person at it. */
  station: properName(stationNameMax),
  of: fingerprintBytes,
  lines: z.int().min(1).max(100_000),
  /** SHA-256 of the last of these lines. */
  head: digestBytes,
  /** When they took it in, by their own clock. */
  seenAt: time,
  /** What they noted about this station, or about none. Line 0: about no line of its journal. */
  deviations: z
    .array(z.strictObject({ at: time, line: z.int().min(0).max(100_000), text: line(300).min(1) }))
    .max(40),
  /** Detached. */
  signature: someBytes(2000),
});

/** Body schema of every message type, by its name on the wire. */
export const bodies = {
  identity: identityBody,
  station: stationBody,
  start: startBody,
  amendment: amendmentBody,
  attempt: attemptBody,
  share: shareBody,
  result: resultBody,
  handoff: handoffBody,
  outcome: outcomeBody,
  checkpoint: checkpointBody,
  signature: signatureBody,
  log: logBody,
  witness: witnessBody,
} as const;

export type MessageType = keyof typeof bodies;
export type Body<T extends MessageType> = z.infer<(typeof bodies)[T]>;
