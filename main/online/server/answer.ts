import { z } from 'zod';
import type { Product } from '../../../shared/ceremony/server-support';
import type { ShareKind } from '../../../shared/message/body';
import type { RawAnswer } from './client';
import { ServerError } from './server-error';

/** A JSON answer and what the server complains about in it. */
export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  /** The body, `{}` where it is empty (204). */
  readonly json: Readonly<Record<string, unknown>>;
  /**
   * The texts of `errors`, joined. What they say is what counts, not the status (docs/server-facts.md,
   * "Errors").
   */
  readonly complaint: string;
  readonly date: Date | null;
}

const ascii = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x20-\x7e]*$/);
const count = z.int().min(0).max(255);

/** Fields of GET, init and update answers alike; the older the server, the fewer there are. */
const attemptFields = z.object({
  started: z.boolean().default(false),
  nonce: ascii(80).default(''),
  progress: count.default(0),
  required: count,
  complete: z.boolean().default(false),
  encoded_token: ascii(8000).default(''),
  encoded_root_token: ascii(8000).default(''),
  pgp_fingerprint: ascii(64).nullish(),
  otp_length: count.default(0),
});

/** An attempt as the server tells of it. */
export interface Attempt {
  readonly open: boolean;
  readonly nonce: string;
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
  readonly encodedToken: string;
  /** Lower-case hex, or ''. */
  readonly pgpFingerprint: string;
  /** 0 where it isn't named: in answers to update, and on servers of the UUID era. */
  readonly otpLength: number;
}

const healthFields = z.object({
  initialized: z.boolean(),
  sealed: z.boolean(),
  standby: z.boolean().default(false),
  server_time_utc: z.number().optional(),
  version: ascii(80).default('unknown'),
  cluster_name: ascii(80).default(''),
  cluster_id: ascii(80).default(''),
  replication_dr_mode: ascii(80).default(''),
  enterprise: z.unknown().optional(),
  echo_duration_ms: z.unknown().optional(),
});

/** What a server tells of itself, and the mode that it runs in: what it can make follows from that. */
export type Health = Omit<
  z.infer<typeof healthFields>,
  'replication_dr_mode' | 'enterprise' | 'echo_duration_ms'
> & {
  readonly product: Product;
  readonly mode: 'usual' | 'dr-secondary' | 'recovery';
};

const sealFields = z.object({
  t: count,
  n: count,
  type: ascii(80).default('shamir'),
  recovery_seal: z.boolean().default(false),
});

const tokenFields = z.object({
  accessor: ascii(300).default(''),
  policies: z.array(ascii(300)).nullish(),
  display_name: ascii(300).default(''),
  path: ascii(300).default(''),
  ttl: z.number().default(0),
  creation_time: z.number().default(0),
  type: ascii(40).default(''),
  explicit_max_ttl: z.number().default(0),
  period: z.number().default(0),
  num_uses: z.number().default(0),
  orphan: z.boolean().nullish(),
  renewable: z.boolean().nullish(),
  identity_policies: z.array(ascii(300)).nullish(),
});

/** What a lookup tells of a token. */
export interface TokenFacts {
  readonly accessor: string;
  readonly policies: string[];
  readonly displayName: string;
  readonly path: string;
  /** Seconds; 0: it never ends by itself. */
  readonly ttl: number;
  /** Seconds since 1970. */
  readonly creationTime: number;
  /** 'service' or 'batch'; '' where an older server doesn't say. */
  readonly type: string;
  /** Seconds from its making after which no renewal helps; 0: there is no such end. */
  readonly explicitMaxTtl: number;
  /** Seconds by which each renewal prolongs it, for ever; 0: it isn't periodic. */
  readonly period: number;
  /** Uses that are left; 0: any number. */
  readonly numUses: number;
  /** Whether it outlives the token that made it; null where the server doesn't say. */
  readonly orphan: boolean | null;
  /** Null where the server doesn't say, as of a token that never ends. */
  readonly renewable: boolean | null;
  /** By whose it is, besides its own policies. */
  readonly identityPolicies: readonly string[];
}

// Made once: a sweep reads an answer for each of very many tokens.
const utf8 = new TextDecoder();
const anyObject = z.record(z.string(), z.unknown());
const anyErrors = z.array(z.unknown()).catch([]);

/**
 * The JSON of an answer. Throws `ServerError` 'not-a-server' on HTML or anything else that isn't a JSON
 * object.
 */
export function readAnswer(raw: RawAnswer, address: string): Answer {
  const text = utf8.decode(raw.body).trim();
  if (/html/i.test(raw.contentType) || text.startsWith('<')) {
    throw new ServerError(
      'not-a-server',
      `${address} answers with a web page (HTML, status ${raw.status}), not as a Vault or OpenBao server does. Check the address and port, and whether a proxy or a login page stands before the server.`,
    );
  }
  // The words of Go's own server, which Vault and OpenBao are built on.
  if (/HTTP request to an HTTPS server/i.test(text)) {
    throw new ServerError(
      'not-a-server',
      `${address} speaks TLS only. Give its address with https:// in place of http://.`,
    );
  }
  let json: unknown = {};
  try {
    if (text !== '') json = JSON.parse(text);
  } catch {
    json = null;
  }
  const object = anyObject.safeParse(json);
  if (!object.success) throw strange(address, raw.status);
  const errors = anyErrors.parse(object.data['errors']);
  return {
    status: raw.status,
    ok: raw.status >= 200 && raw.status < 300,
    json: object.data,
    complaint: errors.map((error) => printable(String(error))).join('; '),
    date: raw.date,
  };
}

/** Throws the `ServerError` that an answer which isn't a success stands for. */
export function refuseComplaint(answer: Answer, address: string): void {
  if (answer.ok) return;
  const { complaint, status } = answer;
  refuseNamespace(complaint, address);
  if (/\bis sealed\b|barrier is sealed/i.test(complaint)) {
    throw new ServerError(
      'sealed',
      `The server at ${address} is sealed, so it can't make a token. Have it unsealed, then try again.`,
    );
  }
  if (/not (yet )?initialized/i.test(complaint)) {
    throw new ServerError(
      'not-initialised',
      `The server at ${address} was never initialised: it has no shares and no root of trust yet. Check that this is the right server.`,
    );
  }
  if (/standby/i.test(complaint)) {
    throw new ServerError(
      'standby',
      `The server at ${address} is a standby and doesn't pass requests on. Go to the active server.`,
      'Name it with --server.',
    );
  }
  if (/permission denied|missing client token|invalid token|bad token/i.test(complaint) || status === 401) {
    throw new ServerError(
      'token-refused',
      `${address} refuses this request (${complaint || `status ${status}`}). It needs a token that may do this.`,
      'Set VAULT_TOKEN, or give --server-token-file.',
    );
  }
  throw new ServerError(
    'server-error',
    `${address} refuses this request with status ${status}${complaint ? `: ${complaint}` : ''}.`,
  );
}

/**
 * Throws the `ServerError` for what only a namespace can complain of (docs/server-facts.md, "Namespaces").
 */
function refuseNamespace(complaint: string, address: string): void {
  if (/namespace is sealed/i.test(complaint)) {
    throw new ServerError(
      'namespace-sealed',
      `The namespace is sealed, while the server at ${address} is not: no token can be made in it. Have it unsealed with key shares of its own, then try again.`,
      'It is unsealed by bao namespace unseal, in the namespace around it.',
    );
  }
  if (/namespace not found/i.test(complaint)) {
    throw new ServerError(
      'no-namespace',
      `The server at ${address} finds no such namespace: there is none of that name, or one around it is sealed. Check the name, and that those around it are unsealed.`,
      'The namespace comes from VAULT_NAMESPACE (or BAO_NAMESPACE) or --namespace.',
    );
  }
  if (/different namespace/i.test(complaint)) {
    throw new ServerError(
      'other-namespace',
      `The server at ${address} says that this token is of another namespace than the one that was asked. The letters after the last point of its accessor are the id of its namespace. Name that namespace, and do the same again.`,
      'The namespace comes from VAULT_NAMESPACE (or BAO_NAMESPACE) or --namespace.',
    );
  }
  if (/namespace is not sealable/i.test(complaint)) {
    throw new ServerError(
      'namespace-not-sealable',
      `The namespace has no seal of its own, so it has no key shares, and the server at ${address} makes no root token in it. Make one in the namespace around it that has a seal, or of the whole server.`,
    );
  }
}

/** The attempt in an answer, flat (Vault) or under `data` (OpenBao). Throws `ServerError` 'not-a-server'. */
export function readAttempt(answer: Answer, address: string): Attempt {
  const fields = attemptFields.safeParse(unwrapped(answer));
  if (!fields.success) throw strange(address, answer.status);
  const { data } = fields;
  return {
    open: data.started && !data.complete,
    nonce: data.nonce,
    progress: data.progress,
    required: data.required,
    complete: data.complete,
    encodedToken: data.encoded_token || data.encoded_root_token,
    pgpFingerprint: (data.pgp_fingerprint ?? '').toLowerCase(),
    otpLength: data.otp_length,
  };
}

/** sys/health, whose status only repeats what the fields say. Throws `ServerError` 'not-a-server'. */
export function readHealth(answer: Answer, address: string): Health {
  const fields = healthFields.safeParse(answer.json);
  if (!fields.success) throw strange(address, answer.status);
  const { replication_dr_mode, enterprise, echo_duration_ms, ...health } = fields.data;
  // Fields that Vault has and OpenBao hasn't; and OpenBao begins at 2.0.
  const isVault =
    enterprise !== undefined || echo_duration_ms !== undefined || /^v?[01]\./.test(health.version);
  const product = isVault ? 'vault' : 'openbao';
  return { ...health, product, mode: replication_dr_mode === 'secondary' ? 'dr-secondary' : 'usual' };
}

/** What a server tells of its shares. */
export interface SealFacts {
  readonly threshold: number;
  readonly shares: number;
  readonly shareKind: ShareKind;
}

/**
 * The seal in the status of one, flat or under `data`, or null where it doesn't tell
 * (docs/server-facts.md, "Auto-unseal and recovery").
 */
export function readSeal(answer: Answer): SealFacts | null {
  const fields = sealFields.safeParse(answer.json['data'] ?? answer.json);
  if (!answer.ok || !fields.success) return null;
  const { t, n, type, recovery_seal } = fields.data;
  const shareKind = recovery_seal || type !== 'shamir' ? 'recovery' : 'unseal';
  return { threshold: t, shares: n, shareKind };
}

/** A token lookup. Throws `ServerError` 'not-a-server'. */
export function readTokenFacts(answer: Answer, address: string): TokenFacts {
  const fields = tokenFields.safeParse(answer.json['data']);
  if (!fields.success) throw strange(address, answer.status);
  const { data } = fields;
  return {
    accessor: data.accessor,
    policies: data.policies ?? [],
    displayName: data.display_name,
    path: data.path,
    ttl: data.ttl,
    creationTime: data.creation_time,
    type: data.type,
    explicitMaxTtl: data.explicit_max_ttl,
    period: data.period,
    numUses: data.num_uses,
    orphan: data.orphan ?? null,
    renewable: data.renewable ?? null,
    identityPolicies: data.identity_policies ?? [],
  };
}

const listFields = z.object({
  data: z.object({ keys: z.array(ascii(300)).nullish() }).nullish(),
  warnings: z.array(z.unknown()).nullish(),
});

/** A list of names. A server has no such path where there is none. Throws `ServerError` 'not-a-server'. */
export function readList(
  answer: Answer,
  address: string,
): { readonly keys: readonly string[]; readonly warnings: readonly string[] } {
  const fields = listFields.safeParse(answer.json);
  if (!fields.success) throw strange(address, answer.status);
  const { data, warnings } = fields.data;
  return { keys: data?.keys ?? [], warnings: (warnings ?? []).map((each) => printable(String(each))) };
}

function unwrapped(answer: Answer): unknown {
  const data = answer.json['data'];
  return 'required' in answer.json || typeof data !== 'object' || data === null ? answer.json : data;
}

const strange = (address: string, status: number): ServerError =>
  new ServerError(
    'not-a-server',
    `${address} answers (status ${status}), but not as a Vault or OpenBao server does. Check the address and port.`,
  );

/** A server's text goes to a terminal: no control characters, and not more than a line. */
const printable = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 300);
