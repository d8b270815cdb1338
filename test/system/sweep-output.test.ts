import { exec } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startRehearsalServer } from '../../main/rehearsal/server';
import { openHome } from '../../main/store/home';
import { readJournal } from '../../main/store/journal-lines';

const run = promisify(exec);
const airlock = `${process.execPath} ${resolve(import.meta.dirname, '../../dist/cli/airlock.cjs')}`;

test('a reader that goes away leaves no revocation half done: each is proven, and on record', async () => {
  const work = mkdtempSync(join(tmpdir(), 'airlock-sweep-'));
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
  });
  try {
    const child = async (): Promise<string> => {
      const answer = await fetch(`${server.address}/v1/auth/token/create`, {
        method: 'POST',
        headers: { 'X-Vault-Token': server.rootToken },
        body: JSON.stringify({ policies: ['root'] }),
      });
      return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
    };
    const chosen = [await child(), await child()];
    const home = join(work, 'home');
    writeFileSync(join(work, 'passphrase'), 'correct horse battery\n');
    const signing = `--home ${home} --passphrase-file ${join(work, 'passphrase')}`;
    const env = { ...process.env, VAULT_ADDR: server.address, VAULT_TOKEN: server.rootToken };
    await run(`${airlock} identity create --name Otto --role operator ${signing}`, { env });
    await run(`(sleep 0.3; ${airlock} online sweep --revoke ${chosen.join(' ')} ${signing}) | true`, {
      env,
      shell: '/bin/bash',
    });
    const { lines } = readJournal(openHome(home).journal());
    expect(lines.flatMap((line) => (line.event === 'token-revoked' ? [line.data.accessor] : []))).toEqual(
      chosen,
    );
    const { stdout } = await run(`${airlock} online sweep --json ${signing}`, { env });
    expect((JSON.parse(stdout) as { roots: { own: boolean }[] }).roots.map(({ own }) => own)).toEqual([true]);
  } finally {
    await server.close();
    rmSync(work, { recursive: true, force: true });
  }
});
