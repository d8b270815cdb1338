import { startRehearsalServer } from '../../main/rehearsal/server';
import { expect, test } from './launch';
import { violations } from './looks';
import { Person } from './person';

async function child(address: string, token: string, policies: readonly string[]): Promise<string> {
  const answer = await fetch(`${address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify({ policies }),
  });
  return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
}

test('an operator sweeps a server, chooses a root token that nobody accounts for, and sees it revoked with proof', async ({
  start,
}) => {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
  });
  try {
    for (let i = 0; i < 60; i++) await child(server.address, server.rootToken, ['default']);
    const chosen = await child(server.address, server.rootToken, ['root']);
    const env = { VAULT_ADDR: server.address, VAULT_TOKEN: server.rootToken };
    const otto = new Person('Otto', (await start({ program: 'online', env })).page);
    await otto.firstStart('Operator');
    await otto.press('Later: go to the server');
    await otto.pressAndFollow('Ask the server');
    await otto.sees('Introduce this station');
    await otto.press('Sweep for root tokens');
    await otto.sees('Sweep for root tokens');
    expect(await violations(otto.page)).toEqual([]);
    await otto.press('Begin the sweep');
    await otto.sees('Every token was looked at');
    const { page } = otto;
    await expect(page.getByText('62 tokens')).toBeVisible();
    await expect(page.getByText('this station’s own server token', { exact: true })).toBeVisible();
    const found = page.getByRole('region', { name: `Root token with accessor ${chosen}` });
    await expect(found).toContainText('by no transcript of this station');
    expect(await violations(page)).toEqual([]);

    await otto.tick('checkbox', `Revoke ${chosen}`);
    await otto.press('Revoke it, and prove it');
    await expect(found).toContainText('lookup-accessor answers 400: 1 error occurred: * invalid accessor');
    await expect(page.getByRole('checkbox', { name: `Revoke ${chosen}` })).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    await otto.press('Back');
    await otto.sees('Introduce this station');
  } finally {
    await server.close();
  }
});
