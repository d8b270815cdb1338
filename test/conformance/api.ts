/** What the suite needs of a server, real or rehearsed. */
export interface Server {
  readonly address: string;
  /** Hex. */
  readonly shares: readonly string[];
  readonly threshold: number;
  readonly rootToken: string;
  readonly otpLength: number;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** `null` for an empty body. */
  readonly json: Json;
}

/** An answer's JSON; the tests say what is in it. */
// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is what is under test
export type Json = any;

interface CallOptions {
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API; `path` without `/v1/`. */
export async function call(
  server: Server,
  method: string,
  path: string,
  { token, body, raw, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${server.address}/v1/${path}`, {
    method,
    headers: { ...headers, ...(token === undefined ? {} : { 'X-Vault-Token': token }) },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}

/** Status and `errors` of an answer, for comparison. */
export const refusal = ({ status, json }: Answer) => [
  status,
  ...(json?.errors ?? ['no errors in the answer']),
];

export const ATTEMPT = 'sys/generate-root/attempt';
export const UPDATE = 'sys/generate-root/update';

/** Gives shares to an open attempt, one after another; the last answer. */
export async function submit(server: Server, nonce: string, shares: readonly string[]): Promise<Answer> {
  let answer: Answer | undefined;
  for (const key of shares) answer = await call(server, 'PUT', UPDATE, { body: { key, nonce } });
  if (answer === undefined) throw new Error('no share to submit');
  return answer;
}

/** An OTP of the right length, always the same. */
export const fixedOtp = (server: Server): string =>
  'aZ3bY4cX5dW6eV7fU8gT9hS0iR1jQ2k'.repeat(2).slice(0, server.otpLength);

/** The share with one byte changed, as a rule the first: still a share's length, but of no key. */
export function spoiled(share: string | undefined, at = 0): string {
  if (share === undefined) throw new Error('no such share');
  const byte = share.slice(2 * at, 2 * at + 2);
  return share.slice(0, 2 * at) + (byte === '00' ? 'ff' : '00') + share.slice(2 * at + 2);
}
