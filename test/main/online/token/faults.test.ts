import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { OnlineError } from '../../../../main/online/online-error';
import { ServerClient } from '../../../../main/online/server/client';
import { lookupToken, type TokenName } from '../../../../main/online/token/lookup';
import { revokeToken } from '../../../../main/online/token/revoke';
import { Journal } from '../../../../main/store/journal';
import { asciiBytes } from '../../../../shared/bytes';
import { act, type Fault, type FaultName, faults, slow } from '../faults';
import { test } from '../fixtures';
import { newFolder } from '../stage';

vi.setConfig({ testTimeout: 300_000 });

/** The requests of a revocation, in their order; each meets the fault once. */
const requests = {
  token: ['lookup-self', 'revoke-self', 'lookup-self'],
  accessor: ['lookup-accessor', 'lookup-self', 'revoke-accessor', 'lookup-accessor'],
} as const;

/**
 * What a revocation comes to whose requests meet the fault, one request after the other: done; or it stops
 * before anything was done, by that name, and the same again does it; or it can't be proven yet.
 */
const table: Readonly<Record<FaultName, Readonly<Record<keyof typeof requests, string>>>> = {
  'a delay': { token: 'done done done', accessor: 'done done done done' },
  'cut before the server acted': {
    token: 'connection-lost unproven done',
    accessor: 'connection-lost connection-lost unproven done',
  },
  'cut after the server acted': {
    token: 'connection-lost done done',
    accessor: 'connection-lost connection-lost done done',
  },
  'a duplicate': { token: 'done done done', accessor: 'done done done done' },
  'status 500': {
    token: 'server-error unproven done',
    accessor: 'server-error server-error unproven done',
  },
  'status 503': { token: 'sealed unproven unproven', accessor: 'sealed sealed unproven unproven' },
  'a redirect to another machine': {
    token: 'redirected unproven unproven',
    accessor: 'redirected redirected unproven unproven',
  },
  'a web page': {
    token: 'not-a-server unproven unproven',
    accessor: 'not-a-server not-a-server unproven unproven',
  },
  'a slow drip': { token: 'timeout done done', accessor: 'timeout timeout done done' },
  'a huge body': {
    token: 'answer-too-large done unproven',
    accessor: 'answer-too-large answer-too-large done unproven',
  },
  'no answer in time': { token: 'timeout done done', accessor: 'timeout timeout done done' },
};

for (const by of ['token', 'accessor'] as const) {
  test(`whatever goes wrong with a request of a revocation by ${by}, it is done, or stops with its name, and nothing is said that is not so`, async ({
    server,
    proxy,
  }) => {
    const asker = new ServerClient({ address: server.address, token: server.rootToken });
    for (const name of Object.keys(faults) as FaultName[]) {
      const fault: Fault = faults[name];
      const timeoutMs = slow.has(name) ? 700 : 20_000;
      const client = new ServerClient({ address: proxy.address, token: server.rootToken, timeoutMs });
      const seen: string[] = [];
      for (const met of requests[by].keys()) {
        const { accessor, client_token } = await childOf(server.address, server.rootToken);
        const wanted: TokenName = by === 'token' ? { token: asciiBytes(client_token) } : { accessor };
        const journal = newJournal();
        let count = 0;
        proxy.intercept = (passing) => (count++ === met ? fault(passing, () => act(passing)) : false);
        const first = await revokeToken(client, wanted, journal).then(
          ({ proof }) => (proof === '' ? 'no proof' : 'done'),
          codeOf,
        );
        seen.push(first);
        proxy.intercept = () => false;

        const lives = (await lookupToken(asker, { accessor })) !== null;
        const events = journal.entries().map(({ event }) => event);
        if (first === 'done') {
          expect([name, met, lives, events]).toEqual([name, met, false, ['revoke-intent', 'token-revoked']]);
          continue;
        }
        // Begun and not proven, or not begun: never anything else.
        expect([name, met, events]).toEqual([name, met, first === 'unproven' ? ['revoke-intent'] : []]);
        if (first !== 'unproven') expect([name, met, lives]).toEqual([name, met, true]);
        // The same again is the way out; of a token that is gone, its accessor.
        const again = await revokeToken(client, wanted, journal).catch((error: unknown) => error);
        if (again instanceof OnlineError) {
          expect([name, met, again.code, lives, by]).toEqual([name, met, 'unknown-token', false, 'token']);
          expect(again.message).toContain(accessor);
          await revokeToken(client, { accessor }, journal);
        }
        expect([name, met, journal.entries().at(-1)?.event]).toEqual([name, met, 'token-revoked']);
        expect(await lookupToken(asker, { accessor })).toBeNull();
      }
      expect([name, seen.join(' ')]).toEqual([name, table[name][by]]);
    }
  });
}

const newJournal = (): Journal =>
  Journal.open(join(newFolder(), 'journal.jsonl'), {
    station: 'S',
    who: '',
    ceremony: '',
    rehearsal: false,
    clock: () => new Date(),
  });

const codeOf = (error: unknown): string => {
  if (!(error instanceof OnlineError)) throw error;
  return error.code;
};

async function childOf(address: string, token: string) {
  const answer = await fetch(`${address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify({ policies: ['root'] }),
  });
  return ((await answer.json()) as { auth: { client_token: string; accessor: string } }).auth;
}
