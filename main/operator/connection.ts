import type { FactsView, ServerView } from '../../shared/ipc/online/app-state';
import { OnlineError } from '../online/online-error';
import { OnlineStation, type OnlineStationOptions } from '../online/online-station';
import type { ServerOptions } from '../online/server/client';
import { serverOptionsFromEnv } from '../online/server/environment';
import { openAttempt, type ServerFacts } from '../online/server/facts';
import { ServerError } from '../online/server/server-error';
import { StationError } from '../online/station-error';
import type { UnlockedIdentity } from '../store/identity';

/** What the operator typed or chose. '' and null leave it as the environment has it. */
export interface TypedSettings {
  readonly address: string;
  readonly namespace: string;
  readonly serverName: string;
  readonly pin: string;
  readonly caPem: string | null;
  readonly clientCertPem: string | null;
  readonly clientKeyPem: string | null;
  /** ASCII. */
  readonly token: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const blank = (text: string): string | undefined => text.trim() || undefined;

/**
 * The one server that this station talks to: how it is reached, what it said last, and the station that works
 * there. Settings are in memory only.
 */
export class Connection {
  private settings: ServerOptions | null = null;
  private station: OnlineStation | null = null;
  private last: { readonly facts: ServerFacts; readonly at: Date } | null = null;
  private trouble: string | null = null;
  /** What a locked station keeps of the server: no secret that was typed. */
  private asleep: {
    readonly settings: ServerOptions;
    readonly last: Connection['last'];
    /** Whether the station can go on with it as it is. */
    readonly whole: boolean;
  } | null = null;

  /** `env`: where what wasn't typed comes from. */
  constructor(
    private readonly env: Environment,
    private readonly clock: () => Date,
    private readonly home: OnlineStationOptions['home'],
  ) {}

  /**
   * Asks the server by these settings, and keeps them where it answers. Throws `ServerError`, `InputError`
   * 'not-a-token'.
   */
  async connect(typed: TypedSettings, identity: UnlockedIdentity): Promise<void> {
    await this.connectTo(this.optionsOf(typed), identity);
  }

  /** The same by settings that are whole. */
  async connectTo(settings: ServerOptions, identity: UnlockedIdentity): Promise<void> {
    const station = new OnlineStation({
      home: this.home,
      identity,
      server: settings,
      clock: this.clock,
      rehearsal: false,
    });
    this.last = { facts: await station.facts(), at: this.clock() };
    this.trouble = null;
    this.settings = settings;
    this.station = station;
    this.asleep = null;
  }

  /** Nobody is at work: the station is put away, and with it what was typed and is secret. */
  sleep(): void {
    const { settings, last } = this;
    if (settings !== null) {
      const env = this.fromEnvironment();
      const { token, clientCertPem, clientKeyPem, ...open } = settings;
      const whole = token === env?.token && clientKeyPem === env?.clientKeyPem;
      this.asleep = { settings: whole ? settings : open, last, whole };
    }
    this.settings = null;
    this.station = null;
    this.last = null;
    this.trouble = null;
  }

  /** Somebody is at work again: goes on at the same server, unless a secret has to be typed first. */
  wake(identity: UnlockedIdentity): void {
    if (this.asleep === null || !this.asleep.whole || this.station !== null) return;
    const { settings, last } = this.asleep;
    this.asleep = null;
    this.settings = settings;
    this.last = last;
    this.station = this.stationFor(identity, false);
  }

  /** Throws `StationError` 'no-server' before a server has answered. */
  required(): OnlineStation {
    if (this.station !== null) return this.station;
    throw new StationError('no-server', 'No server has answered yet. Name it in the step “Server” first.');
  }

  get isOpen(): boolean {
    return this.station !== null;
  }

  /** What the server said last; null before. */
  get facts(): ServerFacts | null {
    return this.last?.facts ?? null;
  }

  /** Why it couldn't be asked the last time, or null. */
  get problem(): string | null {
    return this.trouble;
  }

  /** A station that marks its introduction as a rehearsal, or not. Throws `StationError` 'no-server'. */
  stationFor(identity: UnlockedIdentity, rehearsal: boolean): OnlineStation {
    const { settings } = this;
    if (settings === null) return this.required();
    return new OnlineStation({ home: this.home, identity, server: settings, clock: this.clock, rehearsal });
  }

  /**
   * Asks again what the server says. A server that doesn't answer is no error here, but what there is to
   * know.
   */
  async ask(): Promise<void> {
    const { station } = this;
    if (station === null) return;
    try {
      const facts = await station.look();
      if (station !== this.station) return;
      this.last = { facts, at: this.clock() };
      this.trouble = null;
    } catch (error) {
      if (!(error instanceof OnlineError)) throw error;
      if (station === this.station) this.trouble = error.message;
    }
  }

  view(): ServerView {
    return {
      settings: this.settingsView(),
      facts: this.last && factsView(this.last.facts),
      askedAt: this.last?.at.toISOString() ?? null,
      problem: this.trouble,
    };
  }

  private settingsView(): ServerView['settings'] {
    const known = this.settings ?? this.asleep?.settings ?? this.fromEnvironment();
    return {
      address: known?.address ?? '',
      namespace: known?.namespace ?? '',
      serverName: known?.serverName ?? '',
      pin: known?.pin ?? '',
      ca: known?.caPem !== undefined,
      clientCert: known?.clientCertPem !== undefined,
      token: known?.token !== undefined,
    };
  }

  /** What the environment says of a server, where it says enough to be used. */
  private fromEnvironment(): ServerOptions | null {
    try {
      return serverOptionsFromEnv(this.env);
    } catch (error) {
      // Said once the operator asks a server by it.
      if (error instanceof OnlineError) return null;
      throw error;
    }
  }

  private optionsOf(typed: TypedSettings): ServerOptions {
    const base = serverOptionsFromEnv(this.env, {
      server: blank(typed.address),
      pin: blank(typed.pin),
      token: typed.token ?? undefined,
    });
    if ((typed.clientCertPem === null) !== (typed.clientKeyPem === null)) {
      throw new ServerError(
        'bad-setting',
        'A client certificate needs its key: choose both files, or neither.',
      );
    }
    return {
      ...base,
      namespace: blank(typed.namespace) ?? base.namespace,
      serverName: blank(typed.serverName) ?? base.serverName,
      caPem: typed.caPem ?? this.asleep?.settings.caPem ?? base.caPem,
      clientCertPem: typed.clientCertPem ?? base.clientCertPem,
      clientKeyPem: typed.clientKeyPem ?? base.clientKeyPem,
    };
  }
}

const factsView = (facts: ServerFacts): FactsView => ({
  ...facts.server,
  standby: facts.standby,
  threshold: facts.threshold,
  shares: facts.shares,
  otpLength: facts.otpLength,
  serverTime: facts.serverTime.toISOString(),
  dialect: facts.dialect,
  tokenKind: facts.tokenKind,
  tokenNeeded: facts.tokenNeeded,
  attempt: openAttempt(facts),
});
