import { z } from 'zod';
import { Refusal } from '../http/reply';
import { durationText, parseDuration } from './duration';
import { newAccessor, newBatchToken, newServiceToken, newToken } from './format';
import { placed, type TokenEntry, type TokenNamespace, type TokenStore } from './store';

/** Seconds, from what `parseDuration` reads. */
const duration = z
  .union([z.string(), z.number()])
  .transform((value) => (value === '' ? 0 : parseDuration(String(value))))
  .refine((seconds) => seconds !== null, 'must be a duration, such as 90 or 1h30m, and not negative')
  .transform((seconds) => seconds ?? 0)
  .default(0);

/** `vault write` sends every value as text. */
const count = z
  .union([
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
    z.number(),
  ])
  .pipe(z.int());
const flag = z.union([z.enum(['true', 'false']).transform((text) => text === 'true'), z.boolean()]);
const list = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

export const CREATE_FIELDS = z.object({
  display_name: z.string().default(''),
  entity_alias: z.string().default(''),
  explicit_max_ttl: duration,
  id: z.string().default(''),
  lease: duration,
  meta: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).optional(),
  no_default_policy: flag.default(false),
  no_parent: flag.default(false),
  num_uses: count.refine((uses) => uses >= 0, 'number of uses cannot be negative').default(0),
  period: duration,
  policies: list.default([]),
  renewable: flag.default(true),
  ttl: duration,
  type: z.enum(['', 'service', 'batch']).default(''),
});

type CreateFields = z.infer<typeof CREATE_FIELDS>;

/** Both the default and the highest life of a token, 32 days. */
const MAX_TTL = 768 * 3600;

const KNOWN_POLICIES = ['root', 'default'];

export interface Creation {
  readonly entry: TokenEntry;
  readonly warnings: readonly string[];
}

/** Where a token is made, and with which one. */
export interface Making {
  readonly store: TokenStore;
  readonly parent: TokenEntry;
  readonly namespace: TokenNamespace | null;
}

/** Makes a token on behalf of `parent`, whose right to do so has been checked. Throws `Refusal` 400. */
export function createToken({ store, parent, namespace }: Making, fields: CreateFields): Creation {
  checkParent(store, parent);
  const batch = fields.type === 'batch';
  const numUses = fields.num_uses;
  if (batch) checkBatch(fields);
  if (fields.entity_alias !== '') {
    throw new Refusal(400, "'entity_alias' is only allowed in combination with token role");
  }
  const policies = policiesOf(parent, fields);
  if (parent.namespace !== null && !policies.every((policy) => parent.policies.includes(policy))) {
    throw new Refusal(400, 'child policies must be subset of parent');
  }
  const root = policies.includes('root');
  if (batch && root) throw new Refusal(400, 'batch tokens cannot be root tokens');
  const { ttl, explicitMaxTtl, period, warnings } = lifeOf(fields, root);
  if (ttl === 0 && parent.ttl !== 0) {
    throw new Refusal(400, 'expiring root tokens cannot create non-expiring root tokens');
  }
  const customId = checkId(store, fields.id);
  const entry: TokenEntry = {
    id: customId || placed(newId(store, batch, root), namespace),
    accessor: batch ? '' : placed(newAccessor(store.format), namespace),
    type: batch ? 'batch' : 'service',
    policies,
    namespace,
    path: 'auth/token/create',
    meta: fields.meta ?? null,
    displayName: displayName(fields.display_name),
    parent: fields.no_parent ? null : parent,
    created: Date.now(),
    ttl,
    explicitMaxTtl,
    period,
    renewable: !batch && ttl > 0 && fields.renewable,
    numUses,
  };
  store.add(entry);
  return {
    entry,
    warnings: [
      ...warnings,
      ...(customId === '' ? [] : [CUSTOM_ID_WARNING]),
      ...policies
        .filter((policy) => !KNOWN_POLICIES.includes(policy))
        .map((policy) => `Policy "${policy}" does not exist`),
    ],
  };
}

/** The `auth` part of the answer. */
export function authOf(entry: TokenEntry): Record<string, unknown> {
  return {
    client_token: entry.id,
    accessor: entry.accessor,
    policies: entry.policies,
    token_policies: entry.policies,
    metadata: entry.meta,
    lease_duration: entry.ttl,
    renewable: entry.renewable,
    entity_id: '',
    token_type: entry.type,
    orphan: entry.parent === null,
    mfa_requirement: null,
    num_uses: entry.numUses,
  };
}

const CUSTOM_ID_WARNING =
  'Supplying a custom ID for the token uses the weaker SHA1 hashing instead of the more secure SHA2-256 HMAC for token obfuscation. SHA1 hashed tokens on the wire leads to less secure lookups.';

function checkParent(store: TokenStore, parent: TokenEntry): void {
  // In its last use a token can't be found any more.
  if (parent.numUses < 0 || store.find(parent.id) === undefined) {
    throw new Refusal(400, 'parent token lookup failed: no parent found');
  }
  if (parent.numUses > 0) throw new Refusal(400, 'restricted use token cannot generate child tokens');
}

function checkBatch({ explicit_max_ttl, num_uses, period }: CreateFields): void {
  const [unfit] = Object.entries({ explicit_max_ttl, num_uses, period }).filter(([, value]) => value !== 0);
  if (unfit !== undefined) throw new Refusal(400, `batch tokens cannot have "${unfit[0]}" set`);
}

function checkId(store: TokenStore, id: string): string {
  const prefix = ['hvs.', 'hvb.', 'hvr.', 's.', 'b.', 'r.'].find((each) => id.startsWith(each));
  if (prefix !== undefined) throw new Refusal(400, `custom token ID cannot have the '${prefix}' prefix`);
  if (id.includes('.')) throw new Refusal(400, "custom token ID cannot have a '.' in the value");
  if (store.find(id) !== undefined) throw new Refusal(400, 'cannot create a token with a duplicate ID');
  return id;
}

function policiesOf(parent: TokenEntry, fields: CreateFields): string[] {
  const asked = fields.policies
    .map((policy) => policy.trim().toLowerCase())
    .filter((policy) => policy !== '');
  if (asked.length === 0) return [...parent.policies];
  if (asked.includes('root')) return ['root'];
  if (asked.includes('response-wrapping')) throw new Refusal(400, 'cannot assign policy "response-wrapping"');
  const all = fields.no_default_policy
    ? asked.filter((policy) => policy !== 'default')
    : [...asked, 'default'];
  return [...new Set(all)].sort();
}

/** By `CalculateTTL` of Vault's `sdk/framework/lease.go`. A root token is asked to expire, or does not. */
function lifeOf(fields: CreateFields, root: boolean) {
  const { explicit_max_ttl: explicitMaxTtl, period } = fields;
  const asked = fields.ttl || fields.lease;
  const highest = explicitMaxTtl > 0 ? Math.min(explicitMaxTtl, MAX_TTL) : MAX_TTL;
  const wanted = period || asked || (root ? 0 : MAX_TTL);
  const ttl = Math.min(wanted, highest) || explicitMaxTtl;
  const exceeded = `of "${durationText(wanted)}" exceeded the effective max_ttl of "${durationText(highest)}"`;
  const warning =
    period > 0
      ? `period ${exceeded}; period value is capped accordingly`
      : `TTL ${exceeded}; TTL value is capped accordingly`;
  return { ttl, explicitMaxTtl, period, warnings: wanted > highest ? [warning] : [] };
}

function newId(store: TokenStore, batch: boolean, root: boolean): string {
  if (batch) return newBatchToken(store.format);
  return root ? newToken(store.format) : newServiceToken(store.format);
}

function displayName(text: string): string {
  return `token-${text}`.replace(/[^a-zA-Z0-9-]/g, '-').replace(/-+$/, '');
}
