import type { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { MessageError } from '../../shared/message/message-error';
import type { SignedMessage } from '../../shared/message/wire';
import type { Home } from '../store/home';
import type { Identity, UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import type { AttemptResult } from './attempt-record';
import { chooseAttempt, loadAttempt } from './attempt-state';
import { cancelNamed } from './cancel-attempt';
import { introduceStation } from './introduce';
import { joinAttempt } from './join-attempt';
import { OnlineError, type OnlineErrorCode } from './online-error';
import type { TokenFacts } from './server-answer';
import { ServerClient, type ServerOptions } from './server-client';
import { type ServerFacts, surveyServer } from './server-facts';
import { startAttempt } from './start-attempt';
import { type Carrier, ceremonyJournal, type StationContext, stationJournal } from './station-context';
import { type SubmitResult, showResult, submitShare } from './submit-share';
import { lookupToken, type Revocation, revokeToken, spendToken, type TokenName } from './token-life';

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

/** The one station that talks to the server: all that `airlock online` and the rehearsal do there. */
export class OnlineStation {
  private readonly context: StationContext;
  private readonly rehearsal: boolean;

  /** Throws `OnlineError` where the server's address or pin can't be used. */
  constructor({ home, identity, server, clock = () => new Date(), rehearsal = false }: OnlineStationOptions) {
    this.context = { home, identity, clock, client: new ServerClient(server) };
    this.rehearsal = rehearsal;
  }

  /** What the server says of itself. Records nothing. */
  async facts(): Promise<ServerFacts> {
    return (await surveyServer(this.context.client)).facts;
  }

  /** The station message, with a new one-time key. */
  status({
    carrier = 'file',
  }: Crossing = {}): Promise<{ facts: ServerFacts; message: SignedMessage<'station'> }> {
    return introduceStation(this.context, this.rehearsal, carrier);
  }

  /** Begins the attempt that an officer's start message asks for. */
  start(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<AttemptResult> {
    return this.recordingRefusals(message, () => startAttempt(this.context, message, carrier));
  }

  /** Takes part in an attempt that another station began. */
  join(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<AttemptResult> {
    return this.recordingRefusals(message, () => joinAttempt(this.context, message, carrier));
  }

  /** Gives one custodian's share to the server. */
  submit(message: SignedMessage, { carrier = 'file' }: Crossing = {}): Promise<SubmitResult> {
    return this.recordingRefusals(message, () => submitShare(this.context, message, carrier));
  }

  /** The result message again, or recovered from the answer on disk; null while the attempt isn't finished. */
  async result(ceremony?: string): Promise<SignedMessage<'result'> | null> {
    return showResult(this.context, chooseAttempt(this.context.home, ceremony));
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
    const state =
      nonce !== undefined && ceremony === undefined
        ? this.stateOfNonce(nonce)
        : chooseAttempt(this.context.home, ceremony);
    return cancelNamed(this.context, state, nonce);
  }

  /** Revokes a token and proves it by looking it up. */
  async revoke(name: TokenName, { ceremony }: { ceremony?: string | undefined } = {}): Promise<Revocation> {
    return revokeToken(this.context.client, name, this.journalOf(ceremony));
  }

  /** What the server knows of a token, or null. Records nothing. */
  lookup(token: Uint8Array): Promise<TokenFacts | null> {
    return lookupToken(this.context.client, { token });
  }

  /** Uses a token once, for something harmless. */
  async use(
    token: Uint8Array,
    { ceremony }: { ceremony?: string | undefined } = {},
  ): Promise<{ readonly what: string }> {
    return spendToken(this.context.client, token, this.journalOf(ceremony));
  }

  private stateOfNonce(nonce: string) {
    const { home } = this.context;
    return (
      home
        .listCeremonies()
        .flatMap((id) => loadAttempt(home, id) ?? [])
        .find((state) => state.nonce === nonce) ?? null
    );
  }

  /** The ceremony's journal; the home's where none is named and it isn't clear which. */
  private journalOf(ceremony: string | undefined): Journal {
    const { home } = this.context;
    const all = home.listCeremonies();
    const id = ceremony ?? (all.length === 1 ? all[0] : undefined);
    const state = id === undefined ? null : loadAttempt(home, id);
    if (ceremony !== undefined && state === null) chooseAttempt(home, ceremony);
    return state === null
      ? stationJournal(this.context, this.rehearsal)
      : ceremonyJournal(this.context, state.id, state.rehearsal);
  }

  /** A message that is turned away is part of the record, too. */
  private async recordingRefusals<T>(message: SignedMessage, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error)) {
        const { ceremony } = message.envelope;
        const state = ceremony === null ? null : loadAttempt(this.context.home, toHex(ceremony));
        const journal =
          state === null
            ? stationJournal(this.context, this.rehearsal)
            : ceremonyJournal(this.context, state.id, state.rehearsal);
        journal.append('message-refused', { code: error.code, reason: error.message.slice(0, 600) });
      }
      throw error;
    }
  }
}

const REFUSALS: ReadonlySet<OnlineErrorCode> = new Set<OnlineErrorCode>([
  'not-on-roster',
  'method',
  'other-server',
  'other-key',
  'threshold',
  'otp-length',
  'start-unknown',
  'rehearsal-mixed',
  'already-submitted',
  'would-finish',
  'no-ceremony',
]);

const isRefusal = (error: unknown): error is AirlockError =>
  error instanceof MessageError || (error instanceof OnlineError && REFUSALS.has(error.code));
