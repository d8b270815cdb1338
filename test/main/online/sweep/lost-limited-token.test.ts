import { expect, vi } from 'vitest';
import { sweptText } from '../../../../main/cli/online/swept';
import { nextSentence } from '../../../../main/cli/online/token-work';
import { standingOf } from '../../../../main/online/next-step';
import { OnlineStation } from '../../../../main/online/online-station';
import { asciiBytes, toHex } from '../../../../shared/bytes';
import { limitedTokensIn, lostTokenSentence } from '../../../../shared/task/lost-token';
import type { CreateToken } from '../../../../shared/task/task';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { test } from '../fixtures';
import { journalOf } from '../stage';
import { finishedAttempt, handoffMessage, opsToken } from '../task/handed';

vi.setConfig({ testTimeout: 120_000 });

test.override({ shape: { shares: 1, threshold: 1 } });

test('a limited token whose answer was lost is named at every place, found by the sweep, and revoked with proof', async ({
  stage,
  server,
  proxy,
  operator,
}) => {
  const { home, identity } = operator;
  const settings = { address: proxy.address };
  const station = new OnlineStation({ home, identity, server: settings });
  const sweeper = new OnlineStation({ home, identity, server: { ...settings, token: server.rootToken } });
  const ceremony = toHex(stage.ceremony);
  const tasks = [opsToken(stage.custodians[0]?.fingerprint), { task: 'revoke-self' } as const];
  const result = await finishedAttempt(stage, server.shares, tasks);
  const token = await openPgpToken(result.envelope.body.encodedToken, stage.key.privateKey, 'root');
  // Somebody else's of the same name, made long before; and one that is no such token.
  const made = (body: object) =>
    fetch(`${server.address}/v1/auth/token/create`, {
      method: 'POST',
      headers: { 'X-Vault-Token': server.rootToken },
      body: JSON.stringify(body),
    });
  await made({ policies: ['other'], display_name: 'ops', no_parent: true });
  await made({ policies: ['ops'], display_name: 'else', no_parent: true });

  await station.takeHandoff(await handoffMessage(stage, result, token.bytes));
  let isLost = false;
  proxy.intercept = async ({ request, response, forward }) => {
    if (!request.url?.endsWith('auth/token/create') || isLost) return false;
    isLost = true;
    await forward();
    response.socket?.destroy();
    return true;
  };
  const stopped = await station.goOnWithToken('run');
  expect(stopped).toMatchObject({ next: { kind: 'ask', task: 1, why: 'unknown' }, mayHaveStrays: true });
  expect(stopped.tasks[0]?.stand).toMatchObject({
    reason: expect.stringContaining('once the root token is revoked, sweep the server'),
  });
  const dead = await station.goOnWithToken('revoke');
  const said = dead.outcome?.envelope.body.tasks[0];
  expect(said).toMatchObject({ fate: 'unknown', said: expect.stringMatching(/nobody holds.*sweep/) });
  expect(nextSentence(dead)).toContain('airlock online sweep');
  expect(standingOf(home, ceremony)?.next).toBe('sweep');

  const swept = await sweeper.sweep({ ceremony: undefined });
  expect(swept.strays).toMatchObject([
    { displayName: 'token-ops', path: 'auth/token/create', ceremony, task: 1 },
  ]);
  expect(sweptText(swept)).toContain('its answer was lost: nobody holds it');
  expect(journalOf(stage, operator).at(-1)).toMatchObject({ event: 'tokens-swept', data: { suspects: 1 } });
  expect(standingOf(home, ceremony)?.next).toBe('sweep');

  const accessor = swept.strays[0]?.accessor ?? '';
  // In the ceremony's transcript it would pass for the end of the root token.
  expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked', ceremony: null });
  const clean = await sweeper.sweep({ ceremony: undefined });
  expect([clean.strays, clean.ceremony]).toEqual([[], ceremony]);
  expect(standingOf(home, ceremony)?.next).toBe('sign-off');
  expect(await sweeper.lookup(asciiBytes(server.rootToken))).not.toBeNull();
});

test.each([
  [{ orphan: false }, /ends with the root token/],
  [{ type: 'batch' }, /no sweep finds it: it ends when its time is over/],
] as const)(
  'a lost token that no sweep could or need find is said to end by itself: %o',
  async (change, said) => {
    const task = { ...(opsToken(undefined) as CreateToken), ...change };
    expect(lostTokenSentence(task)).toMatch(said);
    expect(limitedTokensIn([], [task]).lost).toEqual([]);
  },
);
