import { AirlockError } from '../../shared/airlock-error';
import { fromHex } from '../../shared/bytes';
import type { StrayTokenView, SweepView, SweptTokenView } from '../../shared/ipc/online/sweep';
import { ceremonyWords } from '../../shared/words';
import type { OnlineStation } from '../online/online-station';
import type { StrayToken } from '../online/sweep/lost-limited-token';
import type { SweepResult, SweptRootToken } from '../online/sweep/station-sweep';
import type { SweepProgress } from '../online/sweep/sweep-progress';

/** How often a window is told how far a sweep is, at the most. */
const EVERY_MS = 300;

interface Fate {
  readonly fate: SweptTokenView['fate'];
  readonly proof: string;
}

/**
 * The sweep of an operator's station as its window shows it: one at a time, beside the station's other work,
 * for it may take minutes. What it found is kept until the next one, or until the station is locked.
 */
export class SweepDesk {
  private ending: AbortController | null = null;
  private progress: SweepProgress | null = null;
  private result: SweepResult | null = null;
  private problem: string | null = null;
  private readonly fates = new Map<string, Fate>();
  private toldAt = 0;

  constructor(
    private readonly clock: () => Date,
    /** The window is to be told of the new state. */
    private readonly changed: () => void,
  ) {}

  /** Begins a sweep, unless one is under way. `ceremony` (hex): in whose transcript it stands, if in one. */
  begin(station: OnlineStation, ceremony: string | undefined): void {
    if (this.ending !== null) return;
    this.forget();
    const ending = new AbortController();
    this.ending = ending;
    void this.run(station, ceremony, ending);
  }

  /** Ends it before it has looked at every token. What it found is then no list of all. */
  stop(): void {
    this.ending?.abort();
  }

  /** Ends it, and forgets what it found. */
  forget(): void {
    this.ending?.abort();
    this.ending = null;
    this.progress = null;
    this.result = null;
    this.problem = null;
    this.fates.clear();
  }

  /**
   * Revokes root tokens of the list, one after the other, the one that asks at the last. What throws at one
   * of them leaves those that follow untouched. Throws as `OnlineStation.revokeRoot` does.
   */
  async revoke(station: OnlineStation, accessors: readonly string[]): Promise<void> {
    const { roots = [], strays = [] } = this.result ?? {};
    const chosen = roots.filter(({ accessor }) => accessors.includes(accessor));
    const inTurn = [
      ...strays.filter(({ accessor }) => accessors.includes(accessor)),
      ...chosen.filter(({ own }) => !own),
      ...chosen.filter(({ own }) => own),
    ];
    for (const { accessor } of inTurn) {
      const outcome = await station.revokeRoot(accessor);
      this.fates.set(
        accessor,
        outcome.kind === 'gone' ? { fate: 'gone', proof: '' } : { fate: 'revoked', proof: outcome.proof },
      );
      this.changed();
    }
  }

  view(): SweepView | null {
    const { progress, result, problem, ending } = this;
    if (ending === null && progress === null && result === null && problem === null) return null;
    const far = result ?? progress;
    return {
      phase: ending !== null ? 'running' : result !== null ? 'done' : 'stopped',
      asked: far?.asked ?? 0,
      listed: far?.listed ?? 0,
      listedAll: result !== null || (progress?.listedAll ?? false),
      gone: far?.gone ?? 0,
      unreadable: far?.unreadable ?? 0,
      found: far?.roots.length ?? 0,
      namespace: result?.namespace ?? '',
      damaged: result?.damaged.length ?? 0,
      roots: (result?.roots ?? []).map((root) => this.rootView(root)),
      strays: (result?.strays ?? []).map((stray) => this.strayView(stray)),
      onRecord: result === null || result.ceremony === null ? null : ceremonyWords(fromHex(result.ceremony)),
      problem,
    };
  }

  private async run(
    station: OnlineStation,
    ceremony: string | undefined,
    ending: AbortController,
  ): Promise<void> {
    const isCurrent = (): boolean => this.ending === ending;
    const progress = (now: SweepProgress): void => {
      if (!isCurrent()) return;
      this.progress = now;
      const at = this.clock().getTime();
      if (at - this.toldAt < EVERY_MS) return;
      this.toldAt = at;
      this.changed();
    };
    try {
      const result = await station.sweep({ ceremony, progress, signal: ending.signal });
      if (isCurrent()) this.result = result;
    } catch (error) {
      if (isCurrent()) this.problem = sentenceOf(error);
    } finally {
      if (isCurrent()) this.ending = null;
      this.changed();
    }
  }

  private strayView({
    accessor,
    createdAt,
    path,
    ttl,
    displayName,
    ceremony,
    task,
  }: StrayToken): StrayTokenView {
    return {
      ...(this.fates.get(accessor) ?? { fate: 'alive', proof: '' }),
      accessor,
      createdAt: createdAt?.toISOString() ?? null,
      path,
      ttl,
      displayName,
      words: ceremonyWords(fromHex(ceremony)),
      task,
    };
  }

  private rootView({ accessor, createdAt, path, ttl, own, account }: SweptRootToken): SweptTokenView {
    const { fate, proof } = this.fates.get(accessor) ?? { fate: 'alive', proof: '' };
    return {
      accessor,
      createdAt: createdAt?.toISOString() ?? null,
      path,
      ttl,
      own,
      account:
        account === null
          ? null
          : {
              by: account.by,
              words: account.ceremony === '' ? null : ceremonyWords(fromHex(account.ceremony)),
            },
      fate,
      proof,
    };
  }
}

/** What isn't an error of the domain has no sentence for people: it is one of the program itself. */
const sentenceOf = (error: unknown): string =>
  error instanceof AirlockError
    ? error.message
    : 'The sweep broke off by an error of this program. Nothing was changed on the server. Sweep again.';
