import { z } from 'zod';
import type { CallName, ChannelMap } from '../channel-map';
import { commonChannels, done, nothing, text, typed } from '../common-channels';
import { onlineState } from './app-state';
import { handedChoice } from './handed';

/** A file in PEM: certificates, or a key. */
const pem = text(200_000).nullable();

/**
 * Every channel between the window of the online station and its main process. The types, the gateway's
 * checks at run time, the renewal of windows and the preload bridge are all derived from this one map.
 */
export const channels = {
  ...commonChannels,
  'state.get': { args: nothing, result: onlineState },

  /**
   * Asks the server by these settings, and keeps them in memory. What is null stays as the environment has
   * it.
   */
  'server.connect': {
    args: z.strictObject({
      address: text(300),
      namespace: text(300),
      serverName: text(300),
      pin: text(200),
      caPem: pem,
      clientCertPem: pem,
      clientKeyPem: pem,
      token: typed(4000).nullable(),
    }),
    result: done,
    secret: 'passes',
  },
  /** Asks the same server again, now. */
  'server.ask': { args: nothing, result: done },

  /** Starts a server of the program's own, and connects to it: for a rehearsal. */
  'rehearsal.begin': { args: nothing, result: done },

  /** Makes the station's message for the officer's laptop. */
  'station.introduce': {
    /** A rehearsal's own server makes a rehearsal of it, whatever is said. */
    args: z.strictObject({ rehearsal: z.boolean() }),
    result: done,
  },
  /** Begins, or joins, the attempt of the proposal that is on the screen. */
  'attempt.start': { args: nothing, result: done },
  'attempt.join': { args: nothing, result: done },
  /** Puts the proposal away. Nothing was sent. */
  'attempt.dismiss': { args: nothing, result: done },
  /** Makes the attempt's code anew where its key has had its time, and asks the server before. */
  'attempt.announce': { args: nothing, result: done },
  'attempt.cancel': { args: nothing, result: done },
  /** The attempt is gone from the server: that goes on record, and this station's part in it ends. */
  'attempt.gone': { args: nothing, result: done },
  /** Reads the last answer that lies on the disk, or finds out what became of the last share. */
  'attempt.settle': { args: nothing, result: done },
  /** The result's code anew, with a new key to hand the token over to; the old key is destroyed. */
  'result.renew': { args: nothing, result: done },

  /** A recovery token has ended with recovery mode: the server is asked, and that goes on record. */
  'token.ended': { args: nothing, result: done },
  /** Asks the server about a token that was handed over, and not looked up yet. Nothing is done with it. */
  'handoff.look': { args: nothing, result: done },
  /** Goes on with its tasks, until it is dead or a person has to decide again. */
  'handoff.go-on': { args: z.strictObject({ choice: handedChoice }), result: done },

  /** Revokes the token that was typed, and proves it. */
  'token.revoke': { args: z.strictObject({ token: typed(4000) }), result: done, secret: 'passes' },

  /**
   * Begins to look at every token of the server. It goes on beside all else; the state tells how far it is.
   */
  'sweep.begin': { args: nothing, result: done },
  'sweep.stop': { args: nothing, result: done },
  /** Revokes root tokens that the sweep found, and proves each. */
  'sweep.revoke': { args: z.strictObject({ accessors: z.array(text(300)).max(10_000) }), result: done },
} as const satisfies ChannelMap;

export type Channels = typeof channels;
export type Channel = CallName<Channels>;
