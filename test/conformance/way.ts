import { type Answer, call, type Json, type Server } from './api';

/** A way in which attempts are made, and what is expected of it, of a real server and of a rehearsed one. */
export interface Way {
  readonly path: string;
  /** Whether a root token goes along. */
  readonly token: boolean;
  /** Whether the fields are under `data`, in the envelope of calls with a token. */
  readonly data: boolean;
  readonly otpLength: number;
  /** The token that it makes. */
  readonly makes: RegExp;
  /** Whether the encoded token comes under its old name, too. */
  readonly oldName: boolean;
  /** What the server says to an attempt after the first token was made; `null` where it makes any number. */
  readonly again: string | null;
  /** Whether it then says so to whom asks for the attempt, too. */
  readonly silentAfter: boolean;
  readonly wrongLength: string;
  readonly inProgress: string;
  /** To a quorum of wrong shares, after “unable to authenticate: ”. */
  readonly wrongKey: string;
  /** To a token that is none. */
  readonly unknownToken: readonly string[];
}

const notDecrypted = 'unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: ';

const VAULT = {
  path: 'sys/generate-root',
  token: false,
  data: false,
  otpLength: 28,
  makes: /^hvs\.[0-9A-Za-z]{24}$/,
  oldName: true,
  again: null,
  silentAfter: false,
  wrongLength: 'OTP string is wrong length',
  inProgress: 'root generation already in progress',
  wrongKey: `${notDecrypted}error decrypting seal wrapped value\nerror decrypting using seal shamir: cipher: message authentication failed`,
  unknownToken: ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'],
} as const satisfies Way;

const OPENBAO = {
  ...VAULT,
  otpLength: 26,
  makes: /^s\.[0-9A-Za-z]{24}$/,
  wrongLength: 'OTP string has incorrect length',
  inProgress: 'root generation already in progress for this namespace',
  wrongKey: `${notDecrypted}cipher: message authentication failed`,
  unknownToken: ['permission denied'],
} as const satisfies Way;

const RECOVERY = {
  ...OPENBAO,
  path: 'sys/generate-recovery-token',
  otpLength: 28,
  makes: /^hvr\.[0-9A-Za-z]{24}$/,
  oldName: false,
  again: 'attempted to generate recovery operation token when already unsealed',
  wrongKey: 'recovery key verification failed: recovery key does not match submitted values',
} as const satisfies Way;

export const WAYS = {
  vault: VAULT,
  'vault-token': { ...VAULT, token: true },
  'openbao, with a token': { ...OPENBAO, path: 'sys/generate-root-token', token: true, data: true },
  'openbao, open': OPENBAO,
  dr: { ...VAULT, path: 'sys/replication/dr/secondary/generate-operation-token', oldName: false },
  recovery: RECOVERY,
  'recovery, of 2.6': { ...RECOVERY, silentAfter: true },
} as const satisfies Readonly<Record<string, Way>>;

/** Asks on that way, with the root token where it wants one. */
export function ask(
  server: Server,
  way: Way,
  method: string,
  what: 'attempt' | 'update',
  options: Parameters<typeof call>[3] = {},
): Promise<Answer> {
  const token = way.token ? { token: server.rootToken } : {};
  return call(server, method, `${way.path}/${what}`, { ...token, ...options });
}

/** The fields of an answer about an attempt. */
export const fieldsOf = (way: Way, { json }: Answer): Json => (way.data ? json.data : json);

/** The refusal of a share: behind a token it is wrapped, and the server's own failure. */
export const shareRefusal = (way: Way, text: string): readonly [number, string] =>
  way.data ? [500, `1 error occurred:\n\t* ${text}\n\n`] : [400, text];

/** Gives shares to an open attempt, one after another; the last answer. */
export async function give(
  server: Server,
  way: Way,
  nonce: string,
  shares: readonly string[],
): Promise<Answer> {
  let answer: Answer | undefined;
  for (const key of shares) answer = await ask(server, way, 'PUT', 'update', { body: { key, nonce } });
  if (answer === undefined) throw new Error('no share to give');
  return answer;
}
