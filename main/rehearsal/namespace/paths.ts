import { z } from 'zod';
import { toHex } from '../../../shared/bytes';
import { decodeShare } from '../attempt/share-text';
import { parseFields } from '../http/body';
import { coreRefusal, Refusal, type SecretParts } from '../http/reply';
import type { LogicalCall, LogicalPath } from '../logical/logical-path';
import type { Namespace } from './namespace';
import type { Namespaces } from './namespaces';

/** Makes a namespace at a path that has its slash at the end; `seal`: '' for none of its own. */
export type MakeNamespace = (
  path: string,
  seal: string,
  metadata: Readonly<Record<string, unknown>>,
) => Promise<Namespace>;

const FIELDS = z.object({
  seal: z.string().default(''),
  custom_metadata: z.record(z.string(), z.unknown()).default({}),
});
const KEY = z.object({ key: z.string().default('') });
const NOTHING = z.object({});

/** Names that are the server's own. */
const RESERVED = ['root', 'sys', 'audit', 'auth', 'cubbyhole', 'identity'];

/**
 * What lies at and below `sys/namespaces/`: made, read, listed, deleted, sealed and unsealed, always from the
 * namespace above. `undefined` for any other path.
 */
export function namespacePath(
  namespaces: Namespaces,
  make: MakeNamespace,
  path: string,
): LogicalPath | undefined {
  if (path === 'sys/namespaces/') return { ...withFields(NOTHING, 'list'), answer: listed(namespaces) };
  const [, name, action] = /^sys\/namespaces\/([^/]+)(?:\/(seal-status|unseal|seal))?$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const found = ({ namespace }: LogicalCall): Namespace | undefined =>
    namespaces.find(`${namespace?.path ?? ''}${name}/`);
  switch (action) {
    case undefined:
      return {
        ...withFields(FIELDS, 'read', 'update', 'delete'),
        answer: (call) => answerNamespace(namespaces, make, name, call),
      };
    case 'seal-status':
      return {
        ...withFields(NOTHING, 'read'),
        answer: (call) => ({ data: { ...sealOf(found(call), name).state() } }),
      };
    case 'unseal':
      return {
        ...withFields(KEY, 'update'),
        answer: async (call) => ({
          data: { ...(await sealOf(found(call), name).unseal(decodeShare(parseFields(KEY, call.body).key))) },
        }),
      };
    default:
      return {
        ...withFields(NOTHING, 'update'),
        answer: (call) => {
          found(call)?.own?.seal.close();
          return null;
        },
      };
  }
}

const withFields = (schema: z.ZodObject, ...operations: LogicalPath['operations'][number][]) => ({
  operations,
  schema,
  byDefault: [],
});

const listed =
  (namespaces: Namespaces) =>
  ({ namespace }: LogicalCall): SecretParts => {
    const below = namespaces.below(namespace);
    if (below.length === 0) throw new Refusal(404);
    return {
      data: {
        key_info: Object.fromEntries(below.map(([name, each]) => [name, facts(each)])),
        keys: below.map(([name]) => name),
      },
    };
  };

async function answerNamespace(
  namespaces: Namespaces,
  make: MakeNamespace,
  name: string,
  { namespace, operation, store, body }: LogicalCall,
): Promise<SecretParts> {
  const path = `${namespace?.path ?? ''}${decodeURIComponent(name)}/`;
  const found = namespaces.find(path);
  switch (operation) {
    case 'read':
      if (found === undefined) throw new Refusal(404);
      return { data: facts(found) };
    case 'delete':
      if (found === undefined) return { warnings: ['requested namespace does not exist'] };
      if (namespaces.below(found).length > 0) {
        throw new Refusal(400, 'cannot delete namespace: it has child namespaces');
      }
      store.revokeAll(found);
      namespaces.remove(found);
      return { data: { status: 'in-progress' } };
    default: {
      checkName(decodeURIComponent(name));
      if (found !== undefined) return { data: facts(found) };
      const { seal, custom_metadata } = parseFields(FIELDS, body);
      const made = await make(path, seal, custom_metadata);
      return { data: { ...facts(made), ...sharesOf(made) } };
    }
  }
}

function checkName(name: string): void {
  if (name.includes(' ')) {
    throw new Refusal(400, `"${name}" contains space characters that cannot be used in a namespace name`);
  }
  if (RESERVED.includes(name)) {
    throw new Refusal(400, `"${name}/" is a reserved path and cannot be used as a namespace name`);
  }
}

function sealOf(namespace: Namespace | undefined, name: string) {
  if (namespace === undefined) throw coreRefusal(500, `namespace "${name}/" doesn't exist`);
  if (namespace.own === null) throw new Refusal(400, 'namespace is not sealable');
  return namespace.own.seal;
}

const facts = ({ id, uuid, path, metadata }: Namespace) => ({
  custom_metadata: metadata,
  id,
  locked: false,
  path,
  tainted: false,
  uuid,
});

/** The shares of its seal, which only the answer to its making tells. */
const sharesOf = ({ own }: Namespace) =>
  own === null ? {} : { key_shares: own.seal.seal.shares.map(toHex), key_threshold: own.seal.seal.threshold };
