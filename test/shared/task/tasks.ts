import { readTask } from '../../../shared/task/read-task';
import type { Task } from '../../../shared/task/task';
import { TaskError } from '../../../shared/task/task-error';

export const ADA = 'ad'.repeat(20);
export const OTTO = '07'.repeat(20);

export const roster = [
  { name: 'Ada', role: 'custodian', fingerprint: ADA },
  { name: 'Otto', role: 'operator', fingerprint: OTTO },
] as const;

export const nameOf = (fingerprint: string): string | undefined =>
  roster.find((person) => person.fingerprint === fingerprint)?.name;

/** Ada and Otto by name. */
export function personIn(text: string): string {
  const person = roster.find(({ name, fingerprint }) => name === text || fingerprint === text);
  if (person !== undefined) return person.fingerprint;
  throw new TaskError('wrong-recipient', 'recipient', 'Nobody is called so.');
}

/** A task as a file has it, read. */
export const read = (value: unknown): Task => readTask(value, personIn);

export const policyText = 'path "secret/data/app/*" {\n\tcapabilities = ["read"] # only\n}\n';

/** One of each template, as a file has them. */
export const oneOfEach = {
  'write-policy': { task: 'write-policy', name: 'app-reader', policy: policyText },
  'enable-auth': {
    task: 'enable-auth',
    type: 'oidc',
    path: 'auth/corp/',
    about: 'Company login',
    mount: { listing_visibility: 'unauth', default_lease_ttl: '1h' },
    config: { oidc_discovery_url: 'https://id.example', default_role: 'reader' },
  },
  'enable-audit': {
    task: 'enable-audit',
    type: 'file',
    path: 'log',
    options: { file_path: '/var/log/audit.log' },
  },
  'create-token': {
    task: 'create-token',
    policies: 'app-reader',
    ttl: '8h',
    name: 'ada-admin',
    recipient: 'Ada',
  },
  'revoke-accessor': { task: 'revoke-accessor', accessor: 'q1ZGYxUa2uRGPbQ9bTk7Nm3w', about: 'The old one' },
  'list-root-tokens': { task: 'list-root-tokens' },
  request: {
    task: 'request',
    method: 'POST',
    path: '/v1/auth/approle/role/app/secret-id',
    body: { metadata: '{"by":"ceremony"}' },
    recipient: 'Ada',
  },
  'by-hand': 'Tell the service desk',
  'revoke-self': { task: 'revoke-self' },
} as const;
