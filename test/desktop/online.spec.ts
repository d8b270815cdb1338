import { parseWire } from '../../shared/message/wire';
import { UrReader } from '../../shared/qr/ur';
import { keyboard, mouse } from './hands';
import { expect, type Running, test } from './launch';
import { Person } from './person';
import { readScreen } from './read-screen';
import { withRealVault } from './real-vault';
import { playAtWindows } from './rounds';

const vault = withRealVault();

/** The message in a UR text. */
function messageOf(text: string) {
  const received = new UrReader().receive(text);
  if (received.status !== 'complete') throw new Error('no whole message');
  return parseWire(received.bytes);
}

type Start = (options: { program: 'online'; env: Record<string, string> }) => Promise<Running>;
const atServer = (start: Start) => start({ program: 'online', env: { VAULT_ADDR: vault().address } });

for (const [method, hands, by] of [
  ['pgp', mouse, 'mouse'],
  ['otp', keyboard, 'keyboard alone'],
] as const) {
  test(`two operators at windows run a ceremony on a real server, and revoke what it made (${method}, by ${by})`, async ({
    start,
  }) => {
    test.setTimeout(6 * 60_000);
    const officer = new Person('Olga', (await start()).page);
    const ada = new Person('Ada', (await start()).page);
    const ben = new Person('Ben', (await start()).page);
    const otto = new Person('Otto', (await atServer(start)).page, hands);
    const oda = new Person('Oda', (await atServer(start)).page, hands);
    await playAtWindows({ officer, ada, ben, otto, oda }, { method, server: vault() });
  });
}

test('one press starts a server to rehearse on, hands out its shares, and marks everything as a rehearsal', async ({
  start,
}) => {
  const otto = new Person('Otto', (await start({ program: 'online' })).page);
  await otto.firstStart('Operator');
  await otto.press('Later: go to the server');
  await otto.sees('Which server?');
  await otto.press('Start a rehearsal');
  await otto.sees('Introduce this station');
  await expect(otto.page.locator('.bar')).toContainText('Rehearsal');
  const shares = otto.page.locator('.rehearsal-shares code');
  await expect(shares).toHaveCount(5);
  await otto.press('Show share 2 as a code');
  const text = await readScreen(new Uint8Array(await otto.page.getByRole('dialog').screenshot()));
  expect(text).toContain((await shares.nth(1).textContent())?.toUpperCase());
  await otto.press('Close');
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  const { envelope } = messageOf(await otto.shownMessage());
  expect(envelope.body).toMatchObject({ rehearsal: true });
});
