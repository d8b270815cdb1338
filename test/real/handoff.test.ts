import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asciiBytes, asciiText, toHex } from '../../shared/bytes';
import { decryptWithKey } from '../../shared/openpgp/sealed-to-self';
import type { TaskEntry } from '../../shared/task/task';
import { openPgpToken } from '../../shared/token/pgp-token';
import { newFolder, newStage } from '../main/online/stage';
import { finishedAttempt, handoffMessage, opsToken } from '../main/online/task/handed';
import { describeVault121, REAL_START_MS } from './describe-real';
import { describeOpenBao, startOpenBao } from './openbao';
import { startRealVault } from './real-vault';

interface Server {
  readonly address: string;
  readonly shares: readonly string[];
  readonly rootToken: string;
  close(): Promise<void>;
}

/** A whole handoff with every template; the server's own answers say what there is afterwards. */
function handoffOn(start: () => Promise<Server>): void {
  test(
    'a station does every kind of task with the token, and the server refuses the token then',
    async () => {
      const server = await start();
      const ask = async (method: string, path: string, body?: object) => {
        const answer = await fetch(`${server.address}/v1/${path}`, {
          method,
          headers: { 'X-Vault-Token': server.rootToken },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return (await answer.json()) as {
          readonly auth?: { readonly accessor: string };
          readonly data?: Readonly<Record<string, { readonly type?: string } | undefined>>;
        };
      };
      try {
        const stage = await newStage({ address: server.address });
        const [operator] = stage.operators;
        const [ada] = stage.custodians;
        if (ada === undefined) throw new Error('nobody');
        const victim =
          (await ask('POST', 'auth/token/create', { policies: ['default'] })).auth?.accessor ?? '';
        const tasks: TaskEntry[] = [
          {
            task: 'write-policy',
            name: 'ops',
            policy: ['path "secret/ops" {', '  capabilities = ["read"]', '}'],
          },
          {
            task: 'enable-auth',
            path: 'machines',
            type: 'cert',
            about: '',
            config: '{"disable_binding":true}',
          },
          {
            task: 'enable-audit',
            path: 'log',
            type: 'file',
            about: '',
            options: JSON.stringify({ file_path: join(newFolder(), 'audit.log') }),
          },
          opsToken(ada.fingerprint),
          { task: 'revoke-accessor', accessor: victim, about: '' },
          { task: 'list-root-tokens' },
          {
            task: 'request',
            method: 'GET',
            path: 'sys/mounts',
            about: '',
            recipient: toHex(ada.fingerprint),
          },
          { task: 'revoke-self' },
        ];
        const result = await finishedAttempt(stage, server.shares, tasks);
        const token = (await openPgpToken(result.envelope.body.encodedToken, stage.key.privateKey)).bytes;
        await operator.station.takeHandoff(await handoffMessage(stage, result, token));
        const { outcome, proof, tasks: done } = await operator.station.goOnWithToken('run');
        expect(done.map(({ stand }) => stand)).toEqual(
          done.map(() => expect.objectContaining({ kind: 'done' })),
        );
        expect(proof).toMatch(/^auth\/token\/lookup-self answers 403: .*(permission denied|invalid token)/);
        expect(await operator.station.lookup(token)).toBeNull();

        expect(Object.keys((await ask('GET', 'sys/policies/acl/ops')).data ?? {})).toContain('policy');
        expect((await ask('GET', 'sys/auth')).data?.['machines/']?.type).toBe('cert');
        expect((await ask('GET', 'sys/audit')).data?.['log/']?.type).toBe('file');
        const brought = outcome?.envelope.body.tasks[3]?.brought?.sealed ?? new Uint8Array();
        const made = JSON.parse(asciiText(await decryptWithKey(brought, ada.privateKey))) as {
          readonly auth: { readonly client_token: string; readonly accessor: string };
        };
        const facts = await operator.station.lookup(asciiBytes(made.auth.client_token));
        expect(facts?.policies).toEqual(['default', 'ops']);
        expect(outcome?.envelope.body.tasks[3]?.said).toBe(`Its accessor is ${made.auth.accessor}.`);
        expect(outcome?.envelope.body.tasks[5]?.said).toContain('there is one root token');
        const gone = (await ask('POST', 'auth/token/lookup-accessor', { accessor: victim })).data;
        expect(gone).toBeUndefined();
      } finally {
        await server.close();
      }
    },
    REAL_START_MS,
  );
}

describeVault121('a handoff on the real Vault', () => {
  describe('every template', () => handoffOn(() => startRealVault({ shares: 5, threshold: 3 })));
});

await describeOpenBao('a handoff with every template', (version) => {
  handoffOn(() =>
    startOpenBao(version, {
      shares: 5,
      threshold: 3,
      config: { unsafe_allow_api_audit_creation: true },
      listener: { disable_unauthed_generate_root_endpoints: false },
    }),
  );
});
