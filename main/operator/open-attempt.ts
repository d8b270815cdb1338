import { nonceOf } from '../../shared/ceremony/operator';
import type { SoundPlan } from '../../shared/ceremony/plan-check';
import type { OperatorView } from '../../shared/ipc/online/app-state';
import type { SignedMessage } from '../../shared/message/wire';
import { nonceWords } from '../../shared/words';
import { readMessage } from '../online/attempt/kept-message';
import { type AttemptState, loadAttempt } from '../online/attempt/state';
import type { OnlineStation } from '../online/online-station';
import type { ServerFacts } from '../online/server/facts';
import { StationError } from '../online/station-error';
import type { Outbound } from '../station/outbox';
import type { Home } from '../store/home';

/** One ceremony, opened at this station's window: its state on disk, its plan, and its codes. */
export class OpenAttempt {
  private constructor(
    private readonly home: Home,
    /** Hex. */
    readonly id: string,
    readonly start: SignedMessage<'start'>,
    private sound: SoundPlan,
  ) {}

  /** Throws `StationError` 'no-ceremony', 'state-damaged', `HomeFinding`, `MessageError`. */
  static async open(home: Home, station: OnlineStation, id: string): Promise<OpenAttempt> {
    const { start, plan } = await station.plan(id);
    return new OpenAttempt(home, id, start, plan);
  }

  get plan(): SoundPlan {
    return this.sound;
  }

  /** After an amendment was taken in. */
  async refresh(station: OnlineStation): Promise<void> {
    this.sound = (await station.plan(this.id)).plan;
  }

  /** As it lies on disk. Throws `StationError` 'no-ceremony', `StoreError`. */
  get state(): AttemptState {
    const state = loadAttempt(this.home, this.id);
    if (state !== null) return state;
    throw new StationError('no-ceremony', 'This station has no such ceremony.');
  }

  /** The attempt's code, while shares can be sealed to its key. */
  attemptOut(station: OnlineStation): Outbound | null {
    const message = station.announced(this.id);
    return message === null ? null : { message, title: 'Attempt' };
  }

  /** The result's code, once there is a result. */
  resultOut(): Outbound | null {
    const { state } = this;
    if (state.step !== 'finished') return null;
    return { message: readMessage(this.home, this.id, state.result, 'result'), title: 'Result' };
  }
}

/**
 * What is wrong with an attempt by what the server said last, for the operator's eyes: nothing is on record
 * by it. `awaited`: whether shares of this station's custodians are wanted still.
 */
export function alarmOf(
  state: AttemptState,
  facts: ServerFacts | null,
  problem: string | null,
  awaited: boolean,
): OperatorView['alarm'] {
  if (state.step !== 'open') return null;
  if (problem !== null) return { kind: 'silent', headline: 'The server does not answer.', text: problem };
  if (facts === null) return null;
  const { attempt } = facts;
  const nonce = nonceOf(state);
  if (attempt.open && attempt.nonce === nonce) return null;
  if (attempt.open) {
    return {
      kind: 'replaced',
      headline: 'Our attempt was replaced: release and submit nothing.',
      text: `Another attempt (${nonceWords(attempt.nonce)}) stands in the place of ours (${nonceWords(nonce)}) on the server: somebody cancelled ours and started their own. Tell the officer before anything else.`,
    };
  }
  return {
    kind: 'gone',
    headline: 'Our attempt is open on the server no more.',
    text: awaited
      ? `For the attempt ${nonceWords(nonce)} that means: somebody cancelled it, another station finished it, or the server was restarted. Ask the officer whether a result has arrived.`
      : `The shares of this station for the attempt ${nonceWords(nonce)} are in, so another station has probably finished it: ask the officer whether the result has arrived.`,
  };
}
