import { ok, type Reply, randomUuid } from './reply';
import type { Seal } from './seal';

/** The release whose API this is (docs/server-facts.md, "Endpoints"). */
const VERSION = '1.21.4';
const BUILD_DATE = '2026-03-04T17:40:05Z';

/** What the server says about itself to everyone. */
export class Cluster {
  readonly #name: string;
  readonly #seal: Seal;
  readonly #id = randomUuid();

  constructor(name: string, seal: Seal) {
    this.#name = name;
    this.#seal = seal;
  }

  /**
   * `sys/health`. The parameters that ask for other status codes are passed over: it is always active here.
   */
  health(): Reply {
    return ok({
      initialized: true,
      sealed: false,
      standby: false,
      performance_standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'disabled',
      server_time_utc: Math.floor(Date.now() / 1000),
      version: VERSION,
      enterprise: false,
      cluster_name: this.#name,
      cluster_id: this.#id,
      echo_duration_ms: 0,
      clock_skew_ms: 0,
      replication_primary_canary_age_ms: 0,
    });
  }

  sealStatus(): Reply {
    return ok({
      type: 'shamir',
      initialized: true,
      sealed: false,
      t: this.#seal.threshold,
      n: this.#seal.shares.length,
      progress: 0,
      nonce: '',
      version: VERSION,
      build_date: BUILD_DATE,
      migration: false,
      cluster_name: this.#name,
      cluster_id: this.#id,
      recovery_seal: false,
      storage_type: 'inmem',
    });
  }

  /** `sys/init`. */
  initialization(): Reply {
    return ok({ initialized: true });
  }

  leader(): Reply {
    return ok({
      ha_enabled: false,
      is_self: false,
      active_time: '0001-01-01T00:00:00Z',
      leader_address: '',
      leader_cluster_address: '',
      performance_standby: false,
      performance_standby_last_remote_wal: 0,
    });
  }
}
