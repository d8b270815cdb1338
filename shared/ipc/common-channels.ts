import { z } from 'zod';
import { longestText } from '../input/lengths';
import { roleSchema } from '../message/body';
import { densityRange } from '../qr/density';
import { about } from './about';
import type { AnswerOf, ArgsOf, CallName, ChannelMap } from './channel-map';
import { commonState } from './common-state';
import type { EntranceView } from './entrance';
import { preferences } from './preferences';

export const nothing = z.strictObject({});
const entrance: z.ZodType<EntranceView> = z.strictObject({ name: z.string().nullable() });
export const done = z.null();
export const text = (max: number) => z.string().max(max);
/**
 * A secret that a person typed, as UTF-8: unlike a string, the main process can overwrite it. A window's
 * field holds up to as many characters as bytes / 4.
 */
export const typed = (max: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= max);
export const passphrase = typed(4000);
/** A secret in clear, for one moment on the screen. */
export const revealed = z.object({ text: z.string() });

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

/**
 * Channels that the windows of both apps have: who works here and whom they know, what comes in and goes out,
 * the transcript's end.
 */
export const commonChannels = {
  /** Whose station it is, for a window that has to show something before the state is there. */
  'entrance.get': { args: nothing, result: entrance.nullable() },
  'state.get': { args: nothing, result: commonState },

  /** Which program this is, and what it is made of. */
  'about.get': { args: nothing, result: about },

  /** How this station shows and reads codes; kept when the app is closed. */
  'preferences.get': { args: nothing, result: preferences },
  'preferences.set': { args: z.strictObject({ preferences }), result: done },

  /** Somebody is at the window. It says so every few seconds at most (renderer/parts/guard/use.ts). */
  'guard.used': { args: nothing, result: done },

  'identity.create': {
    args: z.strictObject({ name: text(80), role: roleSchema, station: text(60), passphrase }),
    result: done,
    secret: 'passes',
  },
  'identity.unlock': { args: z.strictObject({ passphrase }), result: done, secret: 'passes' },
  'identity.lock': { args: nothing, result: done, secret: 'ends' },
  /** Takes the identity back, where nobody relies on it yet: the next screen is the first start. */
  'identity.start-over': { args: nothing, result: done, secret: 'ends' },
  /**
   * Asks for a place, then backs the home up into a file there (main/store/backup). `null`: cancelled. The
   * passphrase opens the backup later.
   */
  'home.backup': { args: z.strictObject({ passphrase }), result: z.string().nullable(), secret: 'passes' },
  /**
   * First start: asks for a backup's file, then puts the home in it back here, and unlocks it. `null`:
   * cancelled. The passphrase is that of the home in it.
   */
  'home.restore': { args: z.strictObject({ passphrase }), result: z.string().nullable(), secret: 'passes' },
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
  /**
   * The file that the program was started on, for the window to take in like one that is chosen there. Once:
   * null where there is none any more.
   */
  'code.opened': {
    args: nothing,
    result: z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }).nullable(),
  },
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
  /** Asks for a place, then prints the report of what is known here as a PDF. `null`: cancelled. */
  'ceremony.report': { args: nothing, result: z.string().nullable() },
  /** Makes the code that carries this station's closed journal, where no file may be carried. */
  'ceremony.log': { args: nothing, result: done },

  /** Makes the code that shows this station's journal so far to a witness; `hide` puts it away. */
  'ceremony.show': { args: nothing, result: done },
  'ceremony.hide': { args: nothing, result: done },

  /**
   * Asks for a folder, then writes other stations' journals of one ceremony there. Else as
   * `ceremony.archive`.
   */
  'logs.archive': {
    args: z.strictObject({ id: text(64), replace: z.boolean().optional() }),
    result: z.string().nullable(),
  },

  'witness.sign': { args: nothing, result: done },
  'witness.leave': { args: nothing, result: done },
  /**
   * What this person saw go otherwise than it should. `ceremony`: hex. `of`: fingerprint of the person at
   * whose station; '': at none. `line`: of that station's journal; 0: none.
   */
  'witness.note': {
    args: z.strictObject({ ceremony: text(64), of: text(80), line: z.int().min(0), text: text(300) }),
    result: done,
  },
  /** Signs for a station's journal as far as it was seen here. */
  'witness.state': { args: z.strictObject({ ceremony: text(64), of: text(80) }), result: done },
  /** Puts the statement's code away. */
  'witness.stated': { args: nothing, result: done },

  /** The state changed. The window then asks for it with `state.get`. */
  'state.changed': { push: true },
} as const satisfies ChannelMap;

export type CommonChannels = typeof commonChannels;
export type CommonChannel = CallName<CommonChannels>;
export type CommonArgs<C extends CommonChannel> = ArgsOf<CommonChannels, C>;
export type CommonAnswer<C extends CommonChannel> = AnswerOf<CommonChannels, C>;

/**
 * Codes of refusals after which a screen asks one thing more, and sends the same again with the answer.
 * Errors of main take these codes from here.
 */
export type AskingCode = 'share-differs' | 'would-void' | 'would-replace';
