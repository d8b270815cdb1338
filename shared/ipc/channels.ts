import { z } from 'zod';
import { planDraft } from '../ceremony/plan';
import { longestText } from '../input/lengths';
import { roleSchema } from '../message/body';
import { densityRange } from '../qr/density';
import { appState } from './app-state';
import { preferences } from './preferences';

const nothing = z.strictObject({});
const done = z.null();
const text = (max: number) => z.string().max(max);
/**
 * A secret that a person typed, as UTF-8: unlike a string, the main process can overwrite it. A window's
 * field holds up to as many characters as bytes / 4.
 */
const typed = (max: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= max);
const passphrase = typed(4000);
/** A secret in clear, for one moment on the screen. */
const revealed = z.object({ text: z.string() });

const plainShare = {
  kind: z.literal('text'),
  text: typed(4 * longestText.answer),
  /**
   * Why another share than the recorded one is right, says the person: the server was rekeyed, or the first
   * entry wrong.
   */
  replacesRecorded: z.enum(['rekeyed', 'mistyped']).optional(),
};
const pgpShare = {
  kind: z.literal('pgp'),
  text: text(longestText.answer),
  privateKey: text(longestText.key),
  passphrase,
  replacesRecorded: plainShare.replacesRecorded,
};

/** What became of a code, file or pasted text. Errors come as errors, with a sentence. */
export const receivedSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('part'),
    have: z.int(),
    of: z.int(),
    seen: z.array(z.boolean()),
    /** False for a part that brought nothing new. */
    fresh: z.boolean(),
    /** From this part on another message is being read than before. */
    switched: z.boolean(),
  }),
  /** A whole message was understood and acted upon; `text` says what it was. */
  z.object({ status: z.literal('taken'), type: z.string(), text: z.string() }),
]);
export type ReceivedView = z.infer<typeof receivedSchema>;

/** One channel from a window to the main process. */
interface CallChannel {
  readonly args: z.ZodType;
  readonly result: z.ZodType;
  /**
   * What the call does to the window's memory, where no program can overwrite a string. 'shows': a secret may
   * lie there from then on, because the window showed it. 'passes': the call took a secret that was typed,
   * and once it has succeeded no screen needs that one; a refused one may stay in its field, to be corrected.
   * 'ends': no screen needs a secret any more. The window's process is replaced after 'passes', and after
   * 'ends' where a secret was there (main/desktop/renewal.ts).
   */
  readonly secret?: 'shows' | 'passes' | 'ends';
}

/** One channel from the main process to its window. It says that something happened, and nothing more. */
interface PushChannel {
  readonly push: true;
}

/**
 * Every channel between a window and the main process. The types, the gateway's checks at run time, the
 * renewal of windows and the preload bridge are all derived from this one map.
 */
export const channels = {
  'state.get': { args: nothing, result: appState },

  /** How this station shows and reads codes; kept when the app is closed. */
  'preferences.get': { args: nothing, result: preferences },
  'preferences.set': { args: z.strictObject({ preferences }), result: done },

  'identity.create': {
    args: z.strictObject({ name: text(80), role: roleSchema, station: text(60), passphrase }),
    result: done,
    secret: 'passes',
  },
  'identity.unlock': { args: z.strictObject({ passphrase }), result: done, secret: 'passes' },
  'identity.lock': { args: nothing, result: done, secret: 'ends' },
  /** `matches`: the six words were compared by voice and are the same; else the identity is dropped. */
  'people.confirm': { args: z.strictObject({ matches: z.boolean() }), result: done },
  'people.remove': { args: z.strictObject({ fingerprint: text(80) }), result: done },

  /**
   * One text, a UR (whole or part): from a QR code that this window read, or pasted, or typed by a scanner.
   */
  'code.receive': {
    args: z.strictObject({ text: text(longestText.code), carrier: z.enum(['qr', 'paste']) }),
    result: receivedSchema,
  },
  /** A file that is no picture: a message's bytes, or UR texts a line each. */
  'code.file': { args: z.strictObject({ bytes: z.instanceof(Uint8Array) }), result: receivedSchema },
  'code.reset': { args: nothing, result: done },

  /** QR texts `from` … `from + count - 1` of a message on its way out; part numbers have no end. */
  'outgoing.parts': {
    args: z.strictObject({
      id: text(100),
      from: z.int().min(0),
      count: z.int().min(1).max(64),
      /** Characters a moving part's code has at most; null for the standard density. */
      density: z.int().min(densityRange.min).max(densityRange.max).nullable(),
    }),
    result: z.object({ partCount: z.int(), parts: z.array(z.string()) }),
  },
  /** Asks where, then saves the message as a file (one UR text). `null`: the person cancelled. */
  'outgoing.save': { args: z.strictObject({ id: text(100) }), result: z.string().nullable() },

  'ceremony.open': { args: z.strictObject({ id: text(64) }), result: done, secret: 'ends' },
  'ceremony.leave': { args: nothing, result: done, secret: 'ends' },
  'ceremony.exception': { args: z.strictObject({ text: text(300) }), result: done },
  /** The words of something were compared by voice and are the same: goes into the transcript. */
  'ceremony.words-compared': { args: z.strictObject({ what: text(40), words: text(120) }), result: done },
  /** `again`: also where that makes void what others signed (refused as `would-void` without). */
  'ceremony.sign-off': {
    args: z.strictObject({ again: z.boolean().optional() }),
    result: done,
    secret: 'ends',
  },
  /**
   * Asks for a folder, then writes this station's part of the archive. `null`: cancelled.
   * `replace`: also where something in it gives way to less (refused as `would-replace` without).
   */
  'ceremony.archive': {
    args: z.strictObject({ replace: z.boolean().optional() }),
    result: z.string().nullable(),
  },

  'officer.new': { args: z.strictObject({ rehearsal: z.boolean() }), result: done, secret: 'ends' },
  'officer.draft': { args: z.strictObject({ draft: planDraft }), result: done },
  /** For a team with only the `vault` or `bao` command line: what its operator reads out. */
  'officer.server-by-hand': {
    args: z.strictObject({
      address: text(300),
      otpLength: z.int().min(0).max(255),
      threshold: z.int().min(1).max(255),
      shares: z.int().min(1).max(255),
    }),
    result: done,
  },
  'officer.plan': { args: z.strictObject({ draft: planDraft }), result: done },
  /** Back to the plan while there is no result: the start is withdrawn, its key or OTP destroyed. */
  'officer.reopen-plan': { args: nothing, result: done },
  'officer.make-key': {
    args: z.strictObject({ algorithm: z.enum(['curve25519', 'rsa3072', 'rsa4096']) }),
    result: done,
  },
  'officer.import-key': {
    args: z.strictObject({ privateKey: text(longestText.key), passphrase }),
    result: done,
    secret: 'passes',
  },
  'officer.make-otp': { args: nothing, result: done },
  /** The OTP in clear, for the plain command line; asked for while a person holds the key down. */
  'officer.otp.reveal': { args: nothing, result: revealed, secret: 'shows' },
  /** Asks where, then saves the public key (base64 of the binary key, as `-pgp-key` takes it). */
  'officer.public-key.save': { args: nothing, result: z.string().nullable() },
  /** A reserve steps in for a custodian who can't give. All are hex fingerprints. */
  'officer.amend': {
    args: z.strictObject({
      insteadOf: text(64),
      reserve: text(64),
      givesTo: text(64),
      /** The officer states that somebody alone may come to have a quorum by it. */
      stated: z.boolean(),
    }),
    result: done,
  },
  'officer.start-sent': { args: nothing, result: done },
  'officer.start-again': { args: nothing, result: done },
  /** A bare encoded token from a team that used the plain command line: an unsigned crossing. */
  'officer.encoded-token': {
    args: z.strictObject({ text: text(longestText.answer), nonce: text(longestText.answer) }),
    result: done,
  },
  'officer.decode': { args: z.strictObject({ passphrase }), result: done, secret: 'passes' },
  /** The token in clear, for as long as a person holds the key down. */
  'officer.token.reveal': { args: nothing, result: revealed, secret: 'shows' },
  'officer.token.forget': { args: nothing, result: done, secret: 'ends' },
  'officer.revocation-reported': { args: nothing, result: done, secret: 'ends' },
  'officer.destroy': { args: nothing, result: done, secret: 'ends' },

  /**
   * Whether the custodian found the attempt to be the one agreed to. `false` stops it here, on the record.
   */
  'custodian.check': {
    args: z.strictObject({ matches: z.boolean(), difference: text(300) }),
    result: done,
    secret: 'ends',
  },
  'custodian.share': {
    args: z.discriminatedUnion('kind', [z.strictObject(plainShare), z.strictObject(pgpShare)]),
    result: done,
    secret: 'passes',
  },
  'custodian.share.forget': { args: nothing, result: done, secret: 'ends' },
  'custodian.release': { args: nothing, result: done, secret: 'ends' },
  'custodian.release.withdraw': { args: nothing, result: done },
  /**
   * The share in clear, for the plain command line: SECRET, while held. The transcript says that it was
   * shown.
   */
  'custodian.share.reveal': { args: nothing, result: revealed, secret: 'shows' },

  /** A custodian's own share, outside any ceremony: checked, recorded, and held until it is put away. */
  'custody.enter': {
    args: z.discriminatedUnion('kind', [
      z.strictObject({ ...plainShare, cluster: text(120) }),
      z.strictObject({ ...pgpShare, cluster: text(120) }),
    ]),
    result: done,
    secret: 'passes',
  },
  'custody.forget': { args: nothing, result: done, secret: 'ends' },
  /**
   * The card of the share held at home or in the open ceremony, by the system's print dialog: goes on the
   * record.
   */
  'custody.card.print': { args: nothing, result: z.enum(['printed', 'cancelled']) },
  /** Asks where, then saves the card as a PDF: the share in clear on that disk. `null`: cancelled. */
  'custody.card.pdf': { args: nothing, result: z.string().nullable() },
  /** The card's groups in clear, a line each, to write down by hand: SECRET, while held. */
  'custody.card.reveal': { args: nothing, result: revealed, secret: 'shows' },

  'witness.sign': { args: nothing, result: done },
  'witness.leave': { args: nothing, result: done },

  /** The state changed. The window then asks for it with `state.get`. */
  'state.changed': { push: true },
} as const satisfies Readonly<Record<string, CallChannel | PushChannel>>;

type Channels = typeof channels;

/** Names of the channels to the main process. */
export type Channel = {
  [C in keyof Channels]: Channels[C] extends CallChannel ? C : never;
}[keyof Channels];

/** Names of the channels to the window. */
export type Push = Exclude<keyof Channels, Channel>;

/** Names of the channels that answer with a secret in clear. */
export type RevealChannel = {
  [C in Channel]: Channels[C]['result'] extends typeof revealed ? C : never;
}[Channel];

export type Args<C extends Channel> = z.infer<Channels[C]['args']>;
export type Result<C extends Channel> = z.infer<Channels[C]['result']>;

/** Every channel to the main process, by its name. */
export const callChannels = Object.fromEntries(
  Object.entries(channels).filter(([, channel]) => !('push' in channel)),
) as { readonly [C in Channel]: Channels[C] & CallChannel };

/**
 * Codes of refusals after which a screen asks one thing more, and sends the same again with the answer.
 * Errors of main take these codes from here.
 */
export type AskingCode = 'share-differs' | 'would-void' | 'would-replace';

/** Every answer through the bridge: a value, or an error with the sentence to show. */
export type Answer<C extends Channel> =
  | { readonly ok: true; readonly value: Result<C> }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };
