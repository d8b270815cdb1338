import { randomBytes } from 'node:crypto';

/** What goes back to the client: a status and a JSON body, text, or nothing. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  /** Instead of the content type of JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends the handling of a request with Vault's `{"errors":[…]}`. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(status: number, ...errors: string[]) {
    super(errors.join('; '));
    this.reply = { status, json: { errors } };
  }
}

/**
 * A refusal whose error reached Vault's core: there errors are collected, and the collection's text is what
 * the client sees.
 */
export function coreRefusal(status: number, ...errors: string[]): Refusal {
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  return new Refusal(status, `${count} occurred:\n${errors.map((error) => `\t* ${error}\n`).join('')}\n`);
}

/** Closes the connection without an answer, as a server does whose handler panics. */
export class ConnectionLost extends Error {}

export const ok = (json: unknown): Reply => ({ status: 200, json });

export const noContent: Reply = { status: 204 };

export interface SecretParts {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly auth?: Readonly<Record<string, unknown>> | null;
  readonly warnings?: readonly string[];
}

/**
 * The envelope around the answers to calls with a token. `mountType`: the kind of mount that Vault names
 * there; `null` where the server names none.
 */
export function secretReply(
  { data = null, auth = null, warnings = [] }: SecretParts,
  mountType: string | null,
): Reply {
  return ok({
    request_id: randomUuid(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data,
    wrap_info: null,
    warnings: warnings.length === 0 ? null : warnings,
    auth,
    ...(mountType === null ? {} : { mount_type: mountType }),
  });
}

/** Sixteen random bytes in the shape of a UUID, without version bits: Vault's own kind. */
export function randomUuid(): string {
  return randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
