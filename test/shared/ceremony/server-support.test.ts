import { expect, test } from 'vitest';
import { type Product, supportOf } from '../../../shared/ceremony/server-support';

test.each<[Product, string, object]>([
  ['openbao', '2.7.2', { kind: 'newest' }],
  ['openbao', '2.8.0', { kind: 'newest' }],
  ['openbao', '2.6.2', { kind: 'ended', by: '2026-09-23', newest: '2.7' }],
  ['openbao', '2.1.0', { kind: 'ended', by: '2025-06-26' }],
  ['vault', '2.0.4', { kind: 'newest' }],
  ['vault', '1.21.4', { kind: 'ended', by: '2026-05-19' }],
  ['vault', '1.20.0', { kind: 'ended', by: '2026-05-19' }],
  ['vault', '1.18.5', { kind: 'ended', by: '2025-03-04' }],
  ['vault', '0.11.0', { kind: 'ended', by: '2024-06-10' }],
  ['vault', '1.19.3+ent', { kind: 'own-terms' }],
  ['vault', 'not told in recovery mode', { kind: 'unknown' }],
])('%s %s: as the dated table says', (product, version, support) => {
  expect(supportOf(product, version)).toMatchObject(support);
});
