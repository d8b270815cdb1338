import type { Seal } from './attempt/seal';
import type { Profile } from './generation';
import { ok, type Reply, randomUuid } from './http/reply';

/** What the server says about itself to everyone. */
export class Cluster {
  readonly #name: string;
  readonly #seal: Seal;
  readonly #profile: Profile;
  readonly #id = randomUuid();

  constructor(name: string, seal: Seal, profile: Profile) {
    this.#name = name;
    this.#seal = seal;
    this.#profile = profile;
  }

  /**
   * `sys/health`. The parameters that ask for other status codes are passed over: it is always active here.
   */
  health(): Reply {
    const { version, health, healthStatus } = this.#profile;
    const json = {
      initialized: true,
      sealed: false,
      standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'disabled',
      server_time_utc: Math.floor(Date.now() / 1000),
      version,
      cluster_name: this.#name,
      cluster_id: this.#id,
      ...health,
    };
    return { status: healthStatus, json };
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
      version: this.#profile.version,
      migration: false,
      cluster_name: this.#name,
      cluster_id: this.#id,
      recovery_seal: false,
      storage_type: 'inmem',
      ...this.#profile.seal,
    });
  }

  /** `sys/init`. */
  initialization(): Reply {
    return ok({ initialized: true });
  }

  leader(): Reply {
    return ok({ ha_enabled: false, ...this.#profile.leader });
  }
}
