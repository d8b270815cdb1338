import { z } from 'zod';
import { scriptHeadShape, scriptLimits, sectionShape } from '../script/script';
import { templateTaskInJournal } from '../task/task';

// A transcript lies in archives for years and is read by people: short text, no control characters, and never
// a secret, nor the bare hash of a guessable one (docs/design.md, "Transcript").
const LONE_HALVES = /[\ud800-\udfff]/gu;
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;
/** Whether cleaning would leave a text as it is. */
export const isCleanText = (value: string): boolean =>
  /^[ -~]*$/.test(value) || (value.search(LONE_HALVES) < 0 && value.search(UNPRINTABLE) < 0);

/**
 * Text of others (a server's answer, a person's remark) must not stop a journal from recording: it is cut and
 * cleaned on the way in. On the way out the canonical form is compared, so that an unclean line is refused
 * there.
 */
const cleaned = (minLength: number, maxLength: number) =>
  z
    .string()
    .meta({ minLength, maxLength })
    .overwrite((value) =>
      isCleanText(value) && value.length <= maxLength
        ? value
        : value.slice(0, maxLength).replace(LONE_HALVES, '\ufffd').replace(UNPRINTABLE, ' '),
    );
const text = (max: number) => cleaned(0, max);
const name = (max: number) => cleaned(1, max).refine((value) => value !== '', 'must not be empty');
/** A line of a task: empty only where `min` is 0. */
const cleanedLine = (min: 0 | 1, max: number) => (min === 0 ? text(max) : name(max));
const hash = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/)
  .toLowerCase()
  .meta({ is: 'hash' });
/** OpenPGP v4 fingerprint, upper-case as gpg prints it; '' where there is none. */
const fingerprint = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{40})?$/)
  .toUpperCase()
  .meta({ is: 'fingerprint' });
/** As above, or the 64 digits of a key of version 6, which a server may encrypt to. */
const keyFingerprint = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})?$/)
  .toUpperCase()
  .meta({ is: 'key fingerprint' });
/** ISO 8601 in UTC. */
const ISO_TIME = z.core.regexes.datetime({});
export const isTime = (value: string): boolean => ISO_TIME.test(value);
const time = z.string().refine(isTime, 'must be a time').meta({ is: 'time' });
const nonce = name(80);
const count = z.int().min(0).max(100_000);
/** Of what a server may have very many. */
const many = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const carrier = name(40);
const messageType = name(20);

/** Why a share is on record as refused. */
export const rejectionKind = z.enum([
  /** The shares together were wrong, and the server threw all of them away. */
  'wrong-shares',
  /** The server has counted this very share before. */
  'given-before',
  /** The server said that it didn't take it. */
  'not-counted',
  /** No answer came, and the server's progress says that it wasn't counted up to then. */
  'not-counted-yet',
]);
export type RejectionKind = z.infer<typeof rejectionKind>;

/**
 * What an exception is about, where something depends on it. Others have no kind: they are for people to
 * read.
 */
export const exceptionKind = z.enum([
  /** It isn't known whether the server counted a share. */
  'share-unknown',
  /** The station that opened the one-time password also has the answer. The officer had allowed it. */
  'same-station-allowed',
  /** As above, and the officer had not allowed it. */
  'same-station-unforeseen',
  /** By the plan somebody alone may have a whole quorum. The officer states it. */
  'quorum-at-one-station',
  /** A laptop had a network when secrets were about to be handled, and its person went on. */
  'network-up',
]);
export type ExceptionKind = z.infer<typeof exceptionKind>;

/** What stands between the air-gapped app and a network. */
export const offlineLayer = z.enum([
  /** No code in the program that opens a connection. */
  'code',
  /** Chromium's switches and rules. */
  'browser',
  /** A network namespace of the program's own, without an interface. */
  'namespace',
  /** No network interface of the machine is up. */
  'interfaces',
]);
export type OfflineLayer = z.infer<typeof offlineLayer>;

/** 'open': it isn't there, or does not hold. 'unknown': it could not be looked at. */
export const layerState = z.enum(['holds', 'open', 'unknown']);
export type LayerState = z.infer<typeof layerState>;

const plan = z.strictObject({
  title: text(80),
  purpose: text(300),
  ticket: text(80),
  method: z.enum(['pgp', 'otp']),
  /** Left out: a root token. */
  tokenKind: z.enum(['root', 'dr', 'recovery']).optional(),
  server: text(300),
  cluster: text(80),
  /** A namespace of that server. Left out: the whole server. */
  namespace: name(300).optional(),
  /** Which key shares the server wants. Older plans have none. */
  shareKind: z.enum(['unseal', 'recovery']).optional(),
  threshold: count,
  /** As in the officer's message: a map for a template, text for what is done by hand. */
  tasks: z.array(z.union([text(120), templateTaskInJournal(cleanedLine)])).max(12),
  roster: z
    .array(
      z.strictObject({
        name: text(80),
        role: name(40),
        fingerprint,
        /** Of the person's armored public key, as the archive has it. Older plans have none. */
        keySha256: hash.optional(),
        /** Of a custodian: the operator whose station takes their share. Left out: a reserve. */
        givesTo: fingerprint.optional(),
        /** Of a custodian who holds more than one share: how many. */
        shares: count.optional(),
      }),
    )
    .max(32),
  sameStationAllowed: z.boolean(),
  /** By this plan somebody alone may have a whole quorum, as the officer states. */
  quorumAtOneStation: z.literal(true).optional(),
});

/**
 * What each event records, by the event's name. Where an event announces an effect it is written before it.
 */
export const events = {
  'journal-opened': z.strictObject({
    program: name(80),
    version: name(40),
    name: text(80),
    role: text(40),
    fingerprint,
  }),
  /**
   * From here on this build writes the journal: a packaged program, by its commit, and by the SHA-256 of the
   * list of its files as they lay there. Of a program out of a checkout there is no such line.
   */
  'program-build': z.strictObject({ version: name(40), commit: name(60), files: hash }),
  /**
   * `earlier`: the message was sent before this journal existed. The home's journal recorded it then, and
   * this line repeats it.
   */
  'message-sent': z.strictObject({
    type: messageType,
    digest: hash,
    carrier,
    earlier: z.literal(true).optional(),
  }),
  'message-received': z.strictObject({ type: messageType, digest: hash, from: fingerprint, carrier }),
  /** A message that was sent but never carried: replaced by a newer one, or the ceremony ended before. */
  'message-withdrawn': z.strictObject({ type: messageType, digest: hash, reason: name(300) }),
  /** `type` and `digest`, where it could be read: a message that was turned away has arrived all the same. */
  'message-refused': z.strictObject({
    code: name(60),
    reason: text(600),
    type: messageType.optional(),
    digest: hash.optional(),
  }),
  /** Something crossed the gap as a plain value, unsigned: for teams with only `vault` or `bao` online. */
  'plain-crossing': z.strictObject({
    what: z.enum(['otp', 'public-key', 'share', 'nonce', 'encoded-token', 'server-facts']),
    direction: z.enum(['out', 'in']),
  }),
  /** What was agreed before anything was made: why, where, by whom. */
  'plan-agreed': plan,
  /** The plan as another station took it in. It says nothing of keys, which each station knows itself. */
  'plan-taken': plan,
  /** The plan while its attempt is open: all reserves who step in so far, for whom, and at whose station. */
  'plan-amended': z.strictObject({
    number: count,
    steps: z
      .array(z.strictObject({ reserve: fingerprint, insteadOf: fingerprint, givesTo: fingerprint }))
      .max(15),
    quorumAtOneStation: z.literal(true).optional(),
  }),
  'key-made': z.strictObject({ fingerprint: keyFingerprint, algorithm: name(40) }),
  'otp-made': z.strictObject({ otpLength: count }),
  'secret-destroyed': z.strictObject({ what: z.enum(['ceremony-key', 'otp', 'sealing-key']) }),
  /** What there was to know of the server before the attempt was asked for. */
  preflight: z.strictObject({
    server: text(300),
    namespace: name(300).optional(),
    findings: z
      .array(
        z.strictObject({
          topic: z.enum(['tls', 'audit', 'endpoints', 'attempt', 'clock', 'version', 'namespace', 'ha']),
          level: z.enum(['good', 'advice', 'unknown']),
          text: text(400),
        }),
      )
      .max(16),
  }),
  'attempt-intent': z.strictObject({ method: z.enum(['pgp', 'otp']), pgpFingerprint: text(64) }),
  'attempt-started': z.strictObject({ nonce, required: count, otpLength: count }),
  'attempt-joined': z.strictObject({ nonce, required: count, progress: count }),
  'cancel-intent': z.strictObject({ nonce }),
  'attempt-cancelled': z.strictObject({ nonce }),
  /** An alarm: the attempt vanished ('' found) or another one stands in its place. */
  'attempt-changed': z.strictObject({ expected: nonce, found: text(80) }),
  /** `digest`: of the share message that carries it. */
  'share-released': z.strictObject({ nonce, digest: hash }),
  /** `digest` and `custodian` are '' for a share that came as a plain value: this version takes none. */
  'share-submit-intent': z.strictObject({
    nonce,
    digest: z.union([hash, z.literal('')]),
    custodian: fingerprint,
  }),
  'share-submitted': z.strictObject({
    nonce,
    progress: count,
    required: count,
    complete: z.boolean(),
    /** How many share messages this station has opened in this ceremony, and so seen in the clear. */
    sharesSeenHere: count,
  }),
  /**
   * `reset`: the server threw away every share that it had, and counts from 0 again (docs/server-facts.md,
   * "Wrong shares").
   */
  'share-rejected': z.strictObject({
    reason: text(600),
    /** Older journals have none: `kindOfRejection` reads those. */
    kind: rejectionKind.optional(),
    reset: z.literal(true).optional(),
    /**
     * The server had not counted it when it was asked; the request may have outlived its connection, and done
     * so later.
     */
    unsure: z.literal(true).optional(),
  }),
  /** `sha256`: of the raw answer file, whose encoded token no one can guess. */
  'answer-received': z.strictObject({ nonce, sha256: hash }),
  'answer-lost': z.strictObject({ nonce, what: text(600) }),
  /** `nonce` is '' where a bare encoded token was taken in. */
  'token-decoded': z.strictObject({ nonce: text(80), format: name(40), length: count, prefix: text(8) }),
  'token-shown': z.strictObject({}),
  /** `accessor`: of the token, where the server had said it. An accessor is no secret. */
  'token-used': z.strictObject({ what: name(300), accessor: name(120).optional() }),
  /**
   * The token that the officer handed over was opened here, and the server knows it. `digest`: of the handoff
   * message. `differs`: why it isn't the token of the plan, as a sentence; '' where it is.
   */
  'token-opened': z.strictObject({ digest: hash, accessor: name(120), differs: text(300) }),
  /**
   * A request of a task is about to go out. `task` counts from 1 in the order of the plan, `request` from 1
   * within the task. `what`: method and path.
   */
  'task-intent': z.strictObject({ task: count, request: count, what: name(300) }),
  /**
   * `readBack`: the answer was lost, and the server was asked whether it did it. `brought`: SHA-256 of what
   * the task brought back, as it is sealed to whom the plan names.
   */
  'task-done': z.strictObject({
    task: count,
    said: text(300),
    readBack: z.literal(true).optional(),
    brought: hash.optional(),
  }),
  'task-failed': z.strictObject({ task: count, reason: text(300) }),
  /** The answer was lost, and nothing tells whether the server did it. */
  'task-unknown': z.strictObject({ task: count, reason: text(300) }),
  /**
   * The operator goes on from a task that isn't done, or says that a person has done what is done by hand.
   */
  'task-left': z.strictObject({ task: count, why: z.enum(['by-hand', 'failed', 'unknown']) }),
  /** What the server said of a token, as far as it is no secret. `ttl`: seconds left; 0: it never ends. */
  'token-looked-up': z.strictObject({
    by: z.enum(['accessor', 'token']),
    accessor: name(120).optional(),
    policies: z.array(text(120)).max(64),
    ttl: many,
  }),
  /**
   * Every token of the server was looked up by its accessor. `gone`: those that had ended when it was their
   * turn. `roots`: root tokens among them. `suspects`: those that a lost answer of this ceremony may have
   * made, limited ones included; in a home's journal, those that no ceremony accounts for. `namespace`: ''
   * for the server's own.
   */
  'tokens-swept': z.strictObject({
    accessors: many,
    gone: many,
    roots: many,
    suspects: many,
    namespace: text(300),
  }),
  /**
   * `by` 'restart': a recovery token ends with the recovery mode that it was made in. `accessor`: of the
   * token, where the server had said it. Older journals never have it here.
   */
  'revoke-intent': z.strictObject({
    by: z.enum(['accessor', 'token', 'restart']),
    accessor: name(120).optional(),
  }),
  'token-revoked': z.strictObject({
    by: z.enum(['accessor', 'token', 'restart']),
    proof: text(300),
    accessor: name(120).optional(),
  }),
  /**
   * The officer was told that the token is revoked; the proof is in the station's journal. `outcome`: digest
   * of the message that brought the proof, and `by`: the station that made it. Without: by word.
   */
  'revocation-reported': z.strictObject({ outcome: hash.optional(), by: text(80).optional() }),
  'words-compared': z.strictObject({ what: name(120), words: text(200) }),
  /**
   * From here on this station trusts the key, under this name and role: also where it was known as another's.
   */
  'person-known': z.strictObject({ name: name(80), role: name(40), fingerprint }),
  'person-removed': z.strictObject({ name: name(80), fingerprint }),
  /** What a person wants to have on record besides, in their words. It is no exception. */
  note: z.strictObject({ text: name(1000) }),
  /** Older journals have no `kind`: `kindOfException` reads those. */
  exception: z.strictObject({ text: name(1000), kind: exceptionKind.optional() }),
  /**
   * The ceremony goes by this script from here on. Its `sections` follow, a line each; `sha256` is of all of
   * it (shared/script/script-hash.ts). Chosen again, it is the same or takes the place of the one before.
   */
  'script-chosen': z.strictObject({ sha256: hash, sections: count, ...scriptHeadShape(cleanedLine) }),
  /** A section of the script that was chosen last. `number`: from 1. */
  'script-section': z.strictObject({ number: count, ...sectionShape(cleanedLine) }),
  /** The ceremony goes by no script after all. */
  'script-left': z.strictObject({}),
  /** Who takes part besides the plan's people, by the role of the script. `left`: is no longer there. */
  'script-person': z.strictObject({
    role: name(40),
    name: name(80),
    organisation: text(80),
    left: z.literal(true).optional(),
  }),
  /**
   * A step of the script, by the numbers of its section and of the step in it, as it was carried out.
   * Recorded again, the later line counts. `checks`: in the order of the script. `by`: who did it.
   * `deviation`: what happened and what was done about it, and `decidedBy` who decided so; both '' where all
   * was as expected.
   */
  'script-step': z.strictObject({
    section: count,
    step: count,
    result: z.enum(['as-expected', 'deviation']),
    checks: z.array(z.strictObject({ done: z.boolean(), value: text(80) })).max(scriptLimits.checks),
    actual: text(300),
    by: text(80),
    deviation: text(600),
    decidedBy: text(80),
  }),
  /** A break in the ceremony begins or ends. `stayed`: who stayed in the room. */
  'script-break': z.strictObject({ what: z.enum(['begins', 'ends']), stayed: text(300) }),
  /**
   * A witness has seen the first `lines` lines of a station's journal, this one's or another's, and signed
   * that (`statementText`). `of`: the person at that station. `seenAt`: by the witness's clock. Of a
   * deviation that is about no line, `line` is 0. `signature`: detached, over that text, in base64.
   * `digest`: of the message that brought it. `name`: of the witness, as this station knows them.
   */
  witnessed: z.strictObject({
    name: name(80),
    by: fingerprint,
    station: name(60),
    of: fingerprint,
    lines: count,
    head: hash,
    seenAt: time,
    deviations: z.array(z.strictObject({ at: time, line: count, text: name(300) })).max(40),
    signature: name(4000),
    digest: hash,
  }),
  /**
   * In a witness's home: another station's journal so far was taken in, whole. `before`: how many lines of it
   * were known here already. `digest`: of the message that brought it.
   */
  'journal-followed': z.strictObject({
    ceremony: name(32),
    station: name(60),
    of: fingerprint,
    lines: count,
    before: count,
    head: hash,
    digest: hash,
  }),
  /**
   * In a witness's home: what they saw go otherwise than it should. `of`: at whose station; '' where it is
   * about none. `line`: of that station's journal; 0 where it is about none.
   */
  'deviation-noted': z.strictObject({ ceremony: name(32), of: fingerprint, line: count, text: name(300) }),
  /** In a witness's home: what they saw is about to be signed for. */
  'statement-signed': z.strictObject({
    ceremony: name(32),
    station: name(60),
    of: fingerprint,
    lines: count,
    head: hash,
    deviations: count,
  }),
  /**
   * What kept the air-gapped app from a network, as it was tried when this step began or when it changed.
   * `up`: the machine's interfaces that had an address or a carrier.
   */
  'offline-checked': z.strictObject({
    step: name(40),
    layers: z.array(z.strictObject({ layer: offlineLayer, state: layerState })).max(8),
    up: z.array(name(40)).max(16),
  }),
  /** A home of the version before got seals: how many files and journals were taken as they were. */
  'home-sealed': z.strictObject({ files: count, journals: count }),
  /** A copy of the home was taken for a backup. `leftOut`: keys that lived then, and are not in it. */
  'home-backed-up': z.strictObject({ files: count, leftOut: count }),
  /**
   * From here on the home goes on from a backup, whose file had that SHA-256. Whatever happened with the home
   * after `madeAt` is not in this journal.
   */
  'home-restored': z.strictObject({ backup: hash, madeAt: time, leftOut: count }),
  /** A file of this person's home (its path in there) was not as it was left, and was not used. */
  'home-finding': z.strictObject({
    kind: z.enum(['changed', 'missing', 'added', 'inconsistent', 'not-as-signed']),
    file: name(300),
  }),
} as const;

export type EventName = keyof typeof events;
export type EventData<E extends EventName> = z.infer<(typeof events)[E]>;

/** What every line says besides its event. */
export const lineHead = z.strictObject({
  v: z.literal(1),
  /** Counts from 1. */
  n: z.int().min(1),
  /** Lower-case hex SHA-256 of the previous line's bytes without its newline; 64 zeros on the first line. */
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601 UTC as the station's clock gave it; order comes from the chain. */
  at: z.iso.datetime(),
  station: name(60),
  /**
   * Fingerprint of the person at the station, upper-case hex. '' is read, so that it can be named as what is
   * wrong.
   */
  who: fingerprint,
  /** Lower-case hex of the ceremony's id; '' before there is one. */
  ceremony: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{32})?$/)
    .toLowerCase()
    .meta({ is: 'ceremony' }),
  rehearsal: z.boolean(),
});
export type LineHead = z.infer<typeof lineHead>;

export type JournalEvent = {
  [E in EventName]: { readonly event: E; readonly data: EventData<E> };
}[EventName];

/** One line of a journal: `event` tells which `data` it has. */
export type JournalLine = LineHead & JournalEvent;

export const isEventName = (value: string): value is EventName => Object.hasOwn(events, value);
