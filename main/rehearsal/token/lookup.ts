import type { TokenEntry } from './store';

/**
 * What looking a token up tells, with the keys in Vault's order. `id` is left out for a lookup by accessor.
 */
export function lookupData(entry: TokenEntry, withId: boolean): Record<string, unknown> {
  const expires = entry.created + entry.ttl * 1000;
  // Root tokens that come from initialization or generate-root have no lease, hence no time of issue.
  const leased = !entry.path.endsWith('auth/token/root');
  return {
    accessor: entry.accessor,
    creation_time: Math.floor(entry.created / 1000),
    creation_ttl: entry.ttl,
    display_name: entry.displayName,
    entity_id: '',
    expire_time: entry.ttl === 0 ? null : timeText(expires),
    explicit_max_ttl: entry.explicitMaxTtl,
    id: withId ? entry.id : '',
    ...(leased ? { issue_time: timeText(entry.created) } : {}),
    meta: entry.meta,
    ...(entry.namespace === null ? {} : { namespace_path: entry.namespace.path }),
    num_uses: entry.numUses,
    orphan: entry.parent === null,
    path: entry.path,
    ...(entry.period === 0 ? {} : { period: entry.period }),
    policies: entry.policies,
    ...(leased ? { renewable: entry.renewable } : {}),
    // Vault rounds the present to seconds, then cuts off.
    ttl: entry.ttl === 0 ? 0 : Math.trunc(expires / 1000 - Math.round(Date.now() / 1000)),
    type: entry.type,
  };
}

const timeText = (milliseconds: number): string => new Date(milliseconds).toISOString();
