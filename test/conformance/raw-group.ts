import type { RawRequest } from './raw';

/** Requests that the rehearsal server and Vault must answer alike. `ROOT` in a header stands for the root token. */
export interface RawGroup {
  readonly about: string;
  readonly requests: readonly RawRequest[];
}

export const HEALTH = '/v1/sys/health';
export const SEAL = '/v1/sys/seal-status';
export const ATTEMPT = '/v1/sys/generate-root/attempt';
export const UPDATE = '/v1/sys/generate-root/update';
export const SELF = '/v1/auth/token/lookup-self';
export const CREATE = '/v1/auth/token/create';
export const ACCESSOR = '/v1/auth/token/lookup-accessor';

export const PATHS = [HEALTH, SEAL, ATTEMPT, UPDATE, SELF, CREATE, ACCESSOR];
/** Those that take a body. */
export const WRITES = [ATTEMPT, UPDATE, CREATE, ACCESSOR];

export const ROOT = { 'X-Vault-Token': 'ROOT' };
export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

export const get = (target: string, headers: RawRequest['headers'] = {}): RawRequest => ({
  method: 'GET',
  target,
  headers,
});
export const put = (target: string, body: string, headers: RawRequest['headers'] = {}): RawRequest => ({
  method: 'PUT',
  target,
  body,
  headers,
});
