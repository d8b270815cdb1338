import { existsSync } from 'node:fs';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { CeremonyError } from '../../shared/ceremony/ceremony-error';
import { nonceOf } from '../../shared/ceremony/operator';
import type { SoundPlan } from '../../shared/ceremony/plan-check';
import type { Advice } from '../../shared/ceremony/preflight';
import { MessageError } from '../../shared/message/message-error';
import type { SignedMessage } from '../../shared/message/wire';
import type { TokenKind } from '../../shared/token/token-kind';
import type { Home } from '../store/home';
import { recordRefusal } from '../store/home-journal';
import type { Identity, UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { StoreError } from '../store/store-error';
import { amendAttempt, soundPlanOf } from './attempt/amendment';
import { announcedBefore } from './attempt/announce';
import { AttemptError, type AttemptErrorCode } from './attempt/attempt-error';
import { cancelNamed } from './attempt/cancel';
import type { AttemptContext } from './attempt/context';
import { examinePlan } from './attempt/examine';
import { sweepAttemptKeys } from './attempt/expired-key';
import { joinAttempt } from './attempt/join';
import { readOfficersAgain } from './attempt/kept-message';
import type { Plan } from './attempt/plan';
import type { AttemptResult } from './attempt/record';
import { startAttempt } from './attempt/start';
import { type AttemptState, chooseAttempt, listAttempts, loadAttempt } from './attempt/state';
import { refuseChanged } from './attempt/watch';
import { sweepIntroductionKeys } from './introduction/expired';
import { introduceStation } from './introduction/station-message';
import type { TokenFacts } from './server/answer';
import { ServerClient, type ServerOptions } from './server/client';
import { type ServerFacts, surveyServer } from './server/facts';
import { askPreflight } from './server/preflight';
import { ServerError } from './server/server-error';
import { loadSettled } from './share/pending';
import { isAccounted } from './share/record';
import { renewResult } from './share/renewed-result';
import { type SubmitResult, showResult, submitShare } from './share/submit';
import { SubmitError, type SubmitErrorCode } from './share/submit-error';
import { type Carrier, ceremonyJournal, type StationContext, stationJournal } from './station-context';
import { StationError } from './station-error';
import { lookupOnRecord, type RecordedLookup } from './sweep/lookup-record';
import { type RootRevocation, revokeRootToken } from './sweep/root-revocation';
import { type StationSweepOptions, type SweepResult, sweepAtStation } from './sweep/station-sweep';
import { HandoffError, type HandoffErrorCode } from './task/handoff-error';
import { sweepHandoffKeys } from './task/leave';
import { type Choice, goOn, showWork, type TokenWork, takeHandoff } from './task/work';
import { lookupAsker, lookupToken, type TokenName } from './token/lookup';
import { deleteOperationToken } from './token/operation-token';
import { plannedKind } from './token/planned-kind';
import { proveRecoveryEnded } from './token/recovery-token';
import { type Revocation, revokeToken } from './token/revoke';
import { spendRecoveryToken, spendToken } from './token/use';
import { tokenJournal } from './token-journal';

export interface OnlineStationOptions {
  readonly home: Home;
  /** Unlocked for whatever signs: status, start, join, submit. */
  readonly identity: Identity | UnlockedIdentity;
  readonly server: ServerOptions;
  readonly clock?: (() => Date) | undefined;
  /** Marks what this station introduces itself with; a ceremony then follows the officer's plan. */
  readonly rehearsal?: boolean | undefined;
}

interface Crossing {
  readonly carrier?: Carrier;
}

interface Starting extends Crossing {
  /** Told what there is to know of the server, before the attempt is begun. */
  readonly told?: ((advice: readonly Advice[]) => void) | undefined;
}

/** The one station that talks to the server: all that `airlock online` and the rehearsal do there. */
export class OnlineStation {
  private readonly context: StationContext;
  private readonly rehearsal: boolean;

  /** Throws `ServerError` 'bad-address', 'plain-http', 'bad-pin'. */
  constructor({ home, identity, server, clock = () => new Date(), rehearsal = false }: OnlineStationOptions) {
    this.context = { home, identity, clock, client: new ServerClient(server) };
    this.rehearsal = rehearsal;
  }

  /** What the server says of itself. Puts none of it on record. */
  async facts(): Promise<ServerFacts> {
    return (await surveyServer(this.swept().client)).facts;
  }

  /** The station message, with a new one-time key. */
  async status({
    carrier = 'file',
  }: Crossing = {}): Promise<{ facts: ServerFacts; message: SignedMessage<'station'> }> {
    return introduceStation(this.swept(), this.rehearsal, carrier);
  }

  /** Begins the attempt that an officer's start message asks for. */
  start(message: SignedMessage, { carrier = 'file', told }: Starting = {}): Promise<AttemptResult> {
    return this.recordingRefusals(message, (context) => startAttempt(context, message, carrier, told));
  }

  /** What there is to know of the server before an attempt is begun there. Puts none of it on record. */
  async preflight(): Promise<Advice[]> {
    const { client, clock } = this.context;
    return askPreflight(client, (await surveyServer(client)).facts, clock());
  }

  /** Takes part in an attempt that another station began. */
  join(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<AttemptResult> {
    return this.recordingRefusals(message, (context) => joinAttempt(context, message, carrier));
  }

  /** Takes the officer's amendment of the plan, and announces the attempt with it. */
  amend(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<AttemptResult> {
    return this.recordingRefusals(message, (context) => amendAttempt(context, message, carrier));
  }

  /** Gives one custodian's share to the server. */
  submit(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<SubmitResult> {
    return this.recordingRefusals(message, (context) => submitShare(context, message, carrier));
  }

  /**
   * The result message again, or recovered from the answer on disk; null while the attempt isn't finished.
   */
  async result(ceremony?: string): Promise<SignedMessage<'result'> | null> {
    const context = this.swept();
    return showResult(context, chooseAttempt(context.home, ceremony));
  }

  /**
   * The result message anew, with a new key for the handoff, on record. `ceremony`: hex; undefined: the only
   * one. Throws as `renewResult` does.
   */
  renewResult(ceremony?: string): Promise<SignedMessage<'result'>> {
    return renewResult(this.swept(), ceremony);
  }

  /** Cancels this ceremony's attempt, or the one with that nonce. */
  async cancel({
    ceremony,
    nonce,
  }: {
    ceremony?: string | undefined;
    nonce?: string | undefined;
  } = {}): Promise<{
    readonly nonce: string;
  }> {
    const context = this.swept();
    if (nonce === undefined && ceremony === undefined && listAttempts(context.home).length === 0) {
      throw new StationError(
        'no-ceremony',
        "This station has no ceremony, so no attempt of its own to cancel. If somebody else's must go, name it by its nonce.",
        'The nonce is shown by airlock online status. To cancel: airlock online cancel --nonce NONCE',
      );
    }
    const state =
      nonce !== undefined && ceremony === undefined
        ? this.stateOfNonce(nonce)
        : chooseAttempt(context.home, ceremony);
    return cancelNamed(context, state, nonce);
  }

  /** Revokes a token and proves it, by looking it up where the server does that. */
  async revoke(name: TokenName, { ceremony }: { ceremony?: string | undefined } = {}): Promise<Revocation> {
    const { client } = this.swept();
    const journal = this.journalOf(ceremony);
    const kind = plannedKind(journal);
    if (kind === 'recovery') return proveRecoveryEnded(client, journal);
    if (kind === 'dr' && 'token' in name) return deleteOperationToken(client, name.token, journal);
    return revokeToken(client, name, journal);
  }

  /**
   * Proves that the recovery token of a ceremony has ended with recovery mode: nothing of it is asked for.
   */
  async proveEnded({ ceremony }: { ceremony?: string | undefined } = {}): Promise<Revocation> {
    return proveRecoveryEnded(this.swept().client, this.journalOf(ceremony));
  }

  /** Which kind of token the ceremony makes in whose transcript the life of a token goes on record. */
  tokenKind({ ceremony }: { ceremony?: string | undefined } = {}): TokenKind {
    return plannedKind(this.journalOf(ceremony));
  }

  /**
   * Looks up every token of the server by its accessor, and names the root tokens among them. That it did is
   * on record. Throws as `sweepAtStation` does.
   */
  sweep(options: Omit<StationSweepOptions, 'rehearsal'>): Promise<SweepResult> {
    return sweepAtStation(this.swept(), { ...options, rehearsal: this.rehearsal });
  }

  /**
   * What the server says of a token, put on record as far as it is no secret. Throws as `lookupOnRecord`
   * does.
   */
  describe(name: TokenName, { ceremony }: { ceremony?: string | undefined } = {}): Promise<RecordedLookup> {
    return lookupOnRecord(this.swept(), name, { ceremony, rehearsal: this.rehearsal });
  }

  /** The accessor of the server token that this station asks with; '' where that may not look itself up. */
  async asker(): Promise<string> {
    const { client } = this.swept();
    return client.hasToken ? ((await lookupAsker(client))?.accessor ?? '') : '';
  }

  /** Revokes a root token that a sweep found, and proves it. Throws as `revokeRootToken` does. */
  revokeRoot(
    accessor: string,
    { ceremony }: { ceremony?: string | undefined } = {},
  ): Promise<RootRevocation> {
    return revokeRootToken(this.swept(), accessor, { ceremony, rehearsal: this.rehearsal });
  }

  /** Takes the token that the officer hands over, sealed, and looks it up. Nothing is done with it yet. */
  takeHandoff(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<TokenWork> {
    return this.recordingRefusals(message, (context) => takeHandoff(context, message, carrier));
  }

  /** Where the work with a token that was handed over stands. `ceremony`: hex; undefined: the only one. */
  tokenWork(ceremony?: string): Promise<TokenWork> {
    return showWork(this.swept(), ceremony);
  }

  /** Goes on with its tasks as the operator says, until it is dead or a person has to decide again. */
  goOnWithToken(
    choice: Choice,
    { ceremony, told }: { ceremony?: string | undefined; told?: Parameters<typeof goOn>[3] } = {},
  ): Promise<TokenWork> {
    return goOn(this.swept(), ceremony, choice, told);
  }

  /** What the server says of itself, for asking again and again: nothing is written meanwhile. */
  async look(): Promise<ServerFacts> {
    return (await surveyServer(this.context.client)).facts;
  }

  /** The plan in an officer's start, or in another station's attempt message, before anything is sent. */
  examine(message: SignedMessage): Promise<Plan> {
    return this.recordingRefusals(message, (context) => examinePlan(context, message));
  }

  /** The plan of a ceremony of this station, with its newest amendment. `ceremony`: hex. */
  plan(ceremony: string): Promise<{ readonly start: SignedMessage<'start'>; readonly plan: SoundPlan }> {
    return soundPlanOf(this.context, chooseAttempt(this.context.home, ceremony));
  }

  /** The attempt message that custodians answer now, or null where there is none. `ceremony`: hex. */
  announced(ceremony: string): SignedMessage<'attempt'> | null {
    const state = chooseAttempt(this.context.home, ceremony);
    if (state.step !== 'open') return null;
    return announcedBefore(this.context, ceremonyJournal(this.context, state.id, state.rehearsal), state);
  }

  /**
   * The attempt message anew, with a new key, once the server has said that the attempt is open still.
   * `ceremony`: hex. Throws as `join` does.
   */
  async announceAgain(ceremony: string, { carrier = 'file' }: Crossing = {}): Promise<AttemptResult> {
    const context = this.swept();
    const state = chooseAttempt(context.home, ceremony);
    return joinAttempt(context, await readOfficersAgain(context, state.id, state.start, 'start'), carrier);
  }

  /**
   * Asks the server whether this ceremony's attempt is open still. Where it isn't, that goes on record, and
   * this station's part in it ends: `AttemptError` 'attempt-changed', 'answer-lost'. `ceremony`: hex.
   */
  async confirmOpen(ceremony: string): Promise<void> {
    const context = this.swept();
    const state = await context.settled(ceremony);
    if (state?.step !== 'open') return;
    const { found } = await surveyServer(context.client, state.server);
    refuseChanged(context, ceremonyJournal(context, state.id, state.rehearsal), state, found);
  }

  /** What the server knows of a token, or null. Puts none of it on record. */
  async lookup(token: Uint8Array): Promise<TokenFacts | null> {
    return lookupToken(this.swept().client, { token });
  }

  /**
   * Uses a token once, for something harmless: a root token, or a recovery token. With an operation token
   * there is nothing harmless to do.
   */
  async use(
    token: Uint8Array,
    { ceremony }: { ceremony?: string | undefined } = {},
  ): Promise<{ readonly what: string }> {
    const { client } = this.swept();
    const journal = this.journalOf(ceremony);
    return plannedKind(journal) === 'recovery'
      ? spendRecoveryToken(client, token, journal)
      : spendToken(client, token, journal);
  }

  private stateOfNonce(nonce: string): AttemptState | null {
    const { home } = this.context;
    return listAttempts(home).find((state) => nonceOf(state) === nonce) ?? null;
  }

  private journalOf(ceremony: string | undefined): Journal {
    return tokenJournal(this.context, ceremony, this.rehearsal);
  }

  /**
   * The context, with no one-time key left in its home that can serve no more. Every command begins with it.
   */
  private swept(): AttemptContext {
    const { context } = this;
    // At other people's homes the same files hold other secrets. Nothing is written to a home that is locked.
    if (context.identity.role === 'operator' && 'privateKey' in context.identity) {
      sweepIntroductionKeys(context, this.rehearsal);
      sweepAttemptKeys(context);
      sweepHandoffKeys(context);
    }
    return { ...context, settled: (ceremony) => loadSettled(context, ceremony) };
  }

  /** A message that is turned away is part of the record, too. */
  private async recordingRefusals<T>(
    message: SignedMessage,
    work: (context: AttemptContext) => Promise<T>,
  ): Promise<T> {
    const context = this.swept();
    try {
      this.refuseSignedOff(message);
      return await work(context);
    } catch (error) {
      try {
        if (error instanceof AirlockError && !(error instanceof StoreError))
          this.recordRefusal(message, error);
      } catch (unrecorded) {
        // What went wrong first is what the operator has to know: an answer may stand in it, and nowhere
        // else.
        if (!(unrecorded instanceof StoreError)) throw unrecorded;
      }
      throw error;
    }
  }

  /** What this station has signed off is over: nothing that comes late opens it again. */
  private refuseSignedOff({ envelope: { ceremony, type } }: SignedMessage): void {
    if (ceremony === null || !this.isSignedOff(toHex(ceremony))) return;
    throw new StationError(
      'signed-off',
      `This station has signed off the ceremony of this ${type} message, so nothing of it is taken any more. If a token is needed again, the officer plans a new ceremony.`,
    );
  }

  private isSignedOff(id: string): boolean {
    return existsSync(this.context.home.ceremony(id).checkpoint);
  }

  private recordRefusal(message: SignedMessage, error: AirlockError): void {
    const { ceremony, type } = message.envelope;
    const state = ceremony === null ? null : loadAttempt(this.context.home, toHex(ceremony));
    // A journal that is signed off stays as it is: what comes late goes into the home's.
    const journal =
      state === null || this.isSignedOff(state.id)
        ? stationJournal(this.context, this.rehearsal)
        : ceremonyJournal(this.context, state.id, state.rehearsal);
    const digest = toHex(message.digest);
    // Whatever kept a share from being taken in, its custodian's journal says that it was sent.
    const taken = isAccounted(journal, digest);
    // Only the wrong server was asked; the message is as good as before.
    if (taken && error instanceof ServerError && error.code === 'other-server') return;
    if (!isRefusal(error) && (type !== 'share' || taken)) return;
    recordRefusal(journal, message, error);
  }
}

const PLAN_REFUSALS: ReadonlySet<AttemptErrorCode> = new Set<AttemptErrorCode>([
  'not-on-roster',
  'amendment-old',
  'amendment-drops',
  'given-already',
  'start-incomplete',
  'start-unknown',
  'other-start',
  'other-server',
  'other-key',
  'other-shares',
  'token-kind',
  'threshold',
  'otp-length',
  'rehearsal-mixed',
  'attempt-unproven',
  'already-finished',
  'no-attempt',
]);
const SHARE_REFUSALS: ReadonlySet<SubmitErrorCode> = new Set<SubmitErrorCode>([
  'not-on-roster',
  'already-submitted',
  'gives-elsewhere',
  'given-already',
  'same-share',
  'would-finish',
]);

const HANDOFF_REFUSALS: ReadonlySet<HandoffErrorCode> = new Set<HandoffErrorCode>([
  'no-result',
  'taken-before',
  'not-the-officer',
  'no-key',
]);

/** Whether the message itself was turned away, so that giving it again would lead to the same end. */
const isRefusal = (error: AirlockError): boolean =>
  error instanceof MessageError ||
  (error instanceof AttemptError && PLAN_REFUSALS.has(error.code)) ||
  (error instanceof SubmitError && SHARE_REFUSALS.has(error.code)) ||
  (error instanceof HandoffError && HANDOFF_REFUSALS.has(error.code)) ||
  (error instanceof ServerError && error.code === 'other-server') ||
  (error instanceof CeremonyError && error.code !== 'wrong-step') ||
  (error instanceof StationError && (error.code === 'no-ceremony' || error.code === 'signed-off'));
