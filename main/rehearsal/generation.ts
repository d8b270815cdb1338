import type { TokenFormat } from '../../shared/token/root-token';

/** A way in which attempts are made, with paths of its own (docs/server-facts.md, "Endpoints"). */
export interface AttemptDoor {
  /** Without `/v1/`; below it lie `attempt` and `update`. */
  readonly path: string;
  /** Asks for a token that may do everything. */
  readonly wantsToken: boolean;
  /** Flat JSON from a path of its own, or the envelope of every other path, with the fields under `data`. */
  readonly answers: 'flat' | 'data';
}

/** Texts in which the products differ. */
export interface Wording {
  readonly wrongLength: string;
  readonly inProgress: string;
  /**
   * What a quorum of wrong shares is told, after “unable to authenticate: ”. They made a key of that many
   * bytes.
   */
  readonly wrongKey: (length: number) => string;
  /** What every request whose body is no JSON object is told first. */
  readonly unreadable: string;
  /** Whether a token that is none is told from one that is missing. */
  readonly namesUnknownToken: boolean;
}

/** What a server says of itself beside what all of them say. */
export interface Profile {
  readonly version: string;
  readonly healthStatus: number;
  readonly health: Readonly<Record<string, unknown>>;
  readonly seal: Readonly<Record<string, unknown>>;
  readonly leader: Readonly<Record<string, unknown>>;
}

/** What the server has beside attempts. `raw`: next to nothing, as in recovery mode. */
export type Elsewhere = 'tokens' | 'dr-secondary' | 'raw';

/** How a family of servers behaves in what a ceremony meets. */
export interface Generation {
  /** What it is like, for people. */
  readonly like: string;
  readonly doors: readonly AttemptDoor[];
  /** Paths that are switched off and say so, with all that lies below them. */
  readonly switchedOff: readonly string[];
  /** The token that an attempt makes. */
  readonly makes: 'root' | 'dr' | 'recovery';
  /** `null` where it says nothing of itself to anyone. */
  readonly profile: Profile | null;
  readonly elsewhere: Elsewhere;
  /** The kind of mount that answers about tokens name; `null` for none. */
  readonly mountType: string | null;
  /** What it does with the header that names a namespace. */
  readonly namespaces: 'ignored' | 'refused' | 'served';
  /** The form of its tokens, unless another is asked for. */
  readonly tokenFormat: TokenFormat;
  /** Forms that can be asked for instead. */
  readonly tokenFormats: readonly TokenFormat[];
  readonly words: Wording;
}

const door = (path: string, wantsToken: boolean, answers: AttemptDoor['answers']): AttemptDoor => ({
  path,
  wantsToken,
  answers,
});

const OPEN = 'sys/generate-root';

/** Lengths that AES, which tries the combined key, can work with. */
const AES_KEYS = [16, 24, 32];

const undecrypted =
  (reason: string) =>
  (length: number): string =>
    AES_KEYS.includes(length)
      ? `unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: ${reason}`
      : `invalid key: failed to setup unseal key: crypto/aes: invalid key size ${length}`;

const WORDS_OF_VAULT: Wording = {
  wrongLength: 'OTP string is wrong length',
  inProgress: 'root generation already in progress',
  wrongKey: undecrypted(
    'error decrypting seal wrapped value\nerror decrypting using seal shamir: cipher: message authentication failed',
  ),
  unreadable: 'failed to parse JSON input',
  namesUnknownToken: true,
};

const WORDS_OF_OPENBAO: Wording = {
  wrongLength: 'OTP string has incorrect length',
  inProgress: 'root generation already in progress for this namespace',
  wrongKey: undecrypted('cipher: message authentication failed'),
  unreadable: 'failed to decode JSON input',
  namesUnknownToken: false,
};

const PROFILE_OF_VAULT: Profile = {
  version: '1.21.4',
  healthStatus: 200,
  health: {
    performance_standby: false,
    enterprise: false,
    echo_duration_ms: 0,
    clock_skew_ms: 0,
    replication_primary_canary_age_ms: 0,
  },
  seal: { build_date: '2026-03-04T17:40:05Z' },
  leader: {
    is_self: false,
    active_time: '0001-01-01T00:00:00Z',
    leader_address: '',
    leader_cluster_address: '',
    performance_standby: false,
    performance_standby_last_remote_wal: 0,
  },
};

const VAULT: Generation = {
  like: 'Vault up to 1.21: open endpoints',
  doors: [door(OPEN, false, 'flat')],
  switchedOff: [],
  makes: 'root',
  profile: PROFILE_OF_VAULT,
  elsewhere: 'tokens',
  mountType: 'token',
  namespaces: 'ignored',
  tokenFormat: 'hvs',
  tokenFormats: ['hvs', 's', 'bare', 'uuid'],
  words: WORDS_OF_VAULT,
};

const OPENBAO: Generation = {
  like: 'OpenBao 2.7: sys/generate-root-token with a token, and namespaces',
  doors: [door('sys/generate-root-token', true, 'data')],
  switchedOff: [OPEN, 'sys/decode-token'],
  makes: 'root',
  profile: {
    version: '2.7.2',
    healthStatus: 200,
    health: {},
    seal: { commit_date: '2026-10-26T20:32:27Z' },
    leader: {},
  },
  elsewhere: 'tokens',
  mountType: null,
  namespaces: 'served',
  tokenFormat: 's',
  tokenFormats: ['s'],
  words: WORDS_OF_OPENBAO,
};

/**
 * The servers that a ceremony may meet. Vault 2 and the endpoint for DR operation tokens are as documented:
 * neither could be had for a comparison. All others answer as the real ones do (test/conformance).
 */
export const GENERATIONS = {
  vault: VAULT,
  'vault-token': {
    ...VAULT,
    like: 'Vault 2: the same endpoints behind a token',
    doors: [door(OPEN, true, 'flat')],
    profile: { ...PROFILE_OF_VAULT, version: '2.0.0' },
    tokenFormats: ['hvs'],
  },
  openbao: OPENBAO,
  'openbao-open': {
    ...OPENBAO,
    like: 'OpenBao 2.7 whose listener opens the old endpoints too',
    doors: [...OPENBAO.doors, door(OPEN, false, 'flat')],
    switchedOff: [],
  },
  dr: {
    ...VAULT,
    like: 'a DR secondary of Vault Enterprise: operation tokens',
    doors: [door('sys/replication/dr/secondary/generate-operation-token', false, 'flat')],
    makes: 'dr',
    profile: {
      ...PROFILE_OF_VAULT,
      version: '1.21.4+ent',
      healthStatus: 472,
      health: { ...PROFILE_OF_VAULT.health, replication_dr_mode: 'secondary', enterprise: true },
    },
    elsewhere: 'dr-secondary',
    tokenFormats: ['hvs'],
  },
  recovery: {
    ...OPENBAO,
    like: 'OpenBao in recovery mode: recovery tokens, by recovery keys',
    doors: [door('sys/generate-recovery-token', false, 'flat')],
    switchedOff: [],
    makes: 'recovery',
    profile: null,
    elsewhere: 'raw',
    namespaces: 'refused',
    tokenFormat: 'hvs',
    tokenFormats: ['hvs'],
    words: {
      ...WORDS_OF_OPENBAO,
      wrongKey: () => 'recovery key verification failed: recovery key does not match submitted values',
    },
  },
} as const satisfies Readonly<Record<string, Generation>>;

export type ApiName = keyof typeof GENERATIONS;

export const API_NAMES = Object.keys(GENERATIONS) as ApiName[];
