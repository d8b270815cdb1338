import { z } from 'zod';
import { methodSchema, serverSchema } from '../../../shared/message/body';
import type { Home } from '../../store/home';
import { readState, writeState } from '../../store/state-file';
import { OnlineError } from '../online-error';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const count = z.int().min(0).max(255);

/** One ceremony at an online station, as plain values on disk. No secret is in it. Binary values are hex. */
export const attemptState = z.strictObject({
  v: z.literal(1),
  role: z.literal('operator'),
  id: hex(32),
  title: z.string(),
  rehearsal: z.boolean(),
  /** 'starting': the request to start went out, and its outcome isn't on record yet. */
  step: z.enum(['starting', 'open', 'finished', 'cancelled', 'lost']),
  server: serverSchema,
  method: methodSchema,
  /** Digest of the officer's start message. */
  start: hex(64),
  nonce: z.string().max(80),
  required: count,
  /** As GET named it: answers to update say 0 (DESIGN.md §5.1). */
  otpLength: count,
  progress: count,
  pgpFingerprint: z.string().max(64),
  sealing: z.strictObject({ publicKey: hex(64), expiresAt: z.iso.datetime() }).nullable(),
  /** This station saw the OTP. It must not see the encoded token too (DESIGN.md §2). */
  openedOtp: z.boolean(),
  sameStationAllowed: z.boolean(),
  /** Digests of the attempt messages that this station sent: what a share message may answer. */
  attempts: z.array(hex(64)),
  /** Shares that the server took or refused: none of them may come again. */
  submitted: z.array(z.strictObject({ digest: hex(64), custodian: z.string(), nonce: z.string() })),
  /** Names of those whose shares count towards the progress now. */
  round: z.array(z.string()),
  /** A share that was about to be sent, as long as its outcome isn't on record. */
  pending: z
    .strictObject({ digest: hex(64), custodian: z.string(), name: z.string(), progressBefore: count })
    .nullable(),
  /** Answers of the server that were taken account of, of those in the answers folder. */
  answers: z.int().min(0),
  /** Digest of the result message. */
  result: hex(64).nullable(),
  updatedAt: z.iso.datetime(),
});
export type AttemptState = z.infer<typeof attemptState>;

/** The state of a ceremony at this station, or null where it has none. Throws `StoreError` where it is damaged. */
export const loadAttempt = (home: Home, id: string): AttemptState | null =>
  readState(home.ceremony(id).state, attemptState);

/** Writes it to disk and returns it. Throws `StoreError`. */
export function saveAttempt(home: Home, state: AttemptState, now: Date): AttemptState {
  const next = { ...state, updatedAt: now.toISOString() };
  writeState(home.ceremony(state.id).state, next);
  return next;
}

/** Whether this station's part in the attempt is over. */
export const isOver = ({ step }: AttemptState): boolean =>
  step === 'finished' || step === 'cancelled' || step === 'lost';

/**
 * The ceremony that is meant: the one named, else the only one that is still open here (else the only one at all).
 * Throws `OnlineError` 'no-ceremony' or 'several-ceremonies'.
 */
export function chooseAttempt(home: Home, id: string | undefined): AttemptState {
  if (id !== undefined) {
    const named = loadAttempt(home, id);
    if (named === null)
      throw new OnlineError(
        'no-ceremony',
        'This station has no such ceremony. Take in its start message first.',
      );
    return named;
  }
  const all = home.listCeremonies().flatMap((each) => loadAttempt(home, each) ?? []);
  const open = all.filter(({ step }) => step === 'open' || step === 'starting');
  const [only] = open.length > 0 ? open : all;
  if (only === undefined) {
    throw new OnlineError(
      'no-ceremony',
      'This station has no ceremony yet. Take in a start message first: airlock online start --message FILE',
    );
  }
  if ((open.length > 0 ? open : all).length > 1) {
    throw new OnlineError(
      'several-ceremonies',
      'This station has several ceremonies. Say which with --ceremony and its two words.',
    );
  }
  return only;
}
