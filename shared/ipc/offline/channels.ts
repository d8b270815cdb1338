import { z } from 'zod';
import { planDraft } from '../../ceremony/plan';
import { longestText } from '../../input/lengths';
import { events } from '../../transcript/event';
import type { AnswerOf, ArgsOf, CallName, ChannelMap } from '../channel-map';
import { commonChannels, done, nothing, passphrase, revealed, text, typed } from '../common-channels';
import { appState } from './app-state';

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

/**
 * Every channel between a window of the air-gapped app and its main process. The types, the gateway's checks
 * at run time, the renewal of windows and the preload bridge are all derived from this one map.
 */
export const channels = {
  ...commonChannels,
  'state.get': { args: nothing, result: appState },

  /** Tries all that stands between Airlock and a network; the state then tells. */
  'offline.check': { args: nothing, result: done },
  /** The person goes on with the network that the laptop has: an exception on the record. */
  'offline.go-on': { args: nothing, result: done },

  /** Deletes a ceremony that was begun, and of which nothing has crossed. */
  'ceremony.remove': { args: z.strictObject({ id: text(64) }), result: done },

  'officer.new': { args: z.strictObject({ rehearsal: z.boolean() }), result: done, secret: 'ends' },
  /** Takes a script's file in. It is kept in the home. */
  'script.take': { args: z.strictObject({ bytes: z.instanceof(Uint8Array) }), result: done },
  'script.remove': { args: z.strictObject({ sha256: text(64) }), result: done },
  /** Asks where, then saves a script as a file. `null`: the person cancelled. */
  'script.save': { args: z.strictObject({ sha256: text(64) }), result: z.string().nullable() },
  /** The script that the ceremony goes by, while it is planned; null: none. */
  'officer.script.choose': { args: z.strictObject({ sha256: text(64).nullable() }), result: done },
  /** How a step of it went. */
  'officer.script.step': { args: events['script-step'], result: done },
  /** Somebody takes part besides the plan's people, or no longer does. */
  'officer.script.person': { args: events['script-person'], result: done },
  'officer.script.break': { args: events['script-break'], result: done },

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
  /** Stops that, at once: the call that makes the key is refused as `key-cancelled`. */
  'officer.make-key.cancel': { args: nothing, result: done },
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
  /** Seals the token to the station whose result was taken. It stays in memory until its outcome is here. */
  'officer.hand-over': { args: nothing, result: done },
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

  /**
   * What tasks of a plan have brought back for this person, in clear, while held. `digest` (hex): of the
   * outcome that was taken in.
   */
  'brought.reveal': { args: z.strictObject({ digest: text(64) }), result: revealed, secret: 'shows' },

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
} as const satisfies ChannelMap;

export type Channels = typeof channels;

/** Names of the channels to the main process. */
export type Channel = CallName<Channels>;

/** Names of the channels that answer with a secret in clear. */
export type RevealChannel = {
  [C in Channel]: Channels[C]['result'] extends typeof revealed ? C : never;
}[Channel];

export type Args<C extends Channel> = ArgsOf<Channels, C>;
export type Answer<C extends Channel> = AnswerOf<Channels, C>;
