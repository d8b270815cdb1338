import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { compareWithRecorded, listRecords, recordShare } from '../../../main/store/custody';
import { openHome } from '../../../main/store/home';
import { toHex } from '../../../shared/bytes';
import { parseShare } from '../../../shared/share/share';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newHome() {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-custody-'));
  folders.push(folder);
  return openHome(folder);
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const newShare = () => parseShare(`${toHex(random(32))}05`);
const since = '2026-11-22T09:14:00.000Z';

test('a share entered at home under a name of one’s own is known again by the server’s cluster id', () => {
  const home = newHome();
  const share = newShare();
  recordShare(home, ['prod-eu'], share, since, random);
  const cluster = ['087798a3-0000', 'vault-cluster-1', 'https://vault.example:8200'] as const;
  const recorded = compareWithRecorded(home, cluster, share);
  expect(recorded).toMatchObject({ kind: 'matches', named: false, record: { firstEntered: since } });
  // Once it is recorded under the cluster's id as well, a typing error for that cluster is noticed.
  recordShare(home, cluster, share, since, random);
  expect(compareWithRecorded(home, cluster, newShare())).toMatchObject({ kind: 'differs' });
  expect(listRecords(home).map((record) => record.cluster)).toEqual(['prod-eu', '087798a3-0000']);
});

test.each(['PROD-EU', ' prod-eu '])('a typing error is noticed by any of a server’s names: %s', (name) => {
  const home = newHome();
  recordShare(home, ['prod-eu'], newShare(), since, random);
  expect(compareWithRecorded(home, ['some id', name, ''], newShare())).toMatchObject({ kind: 'differs' });
  expect(compareWithRecorded(home, ['some id', '', ''], newShare())).toEqual({ kind: 'first' });
});

test('the share of a rekeyed server takes the place of the old one', () => {
  const home = newHome();
  const [old, fresh] = [newShare(), newShare()];
  recordShare(home, ['prod-eu'], old, since, random);
  recordShare(home, ['the id', 'prod-eu'], fresh, since, random);
  expect(compareWithRecorded(home, ['prod-eu', 'the id'], fresh)).toMatchObject({
    kind: 'matches',
    named: true,
  });
  expect(compareWithRecorded(home, ['the id'], old)).toMatchObject({ kind: 'differs' });
});

test('what is kept is no share, and closed to others', () => {
  const home = newHome();
  const share = newShare();
  recordShare(home, ['prod-eu'], share, since, random);
  expect(readFileSync(home.custody(), 'utf8')).not.toContain(toHex(share.bytes));
});
