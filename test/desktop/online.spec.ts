import { parseWire } from '../../shared/message/wire';
import { UrReader } from '../../shared/qr/ur';
import { Cameras } from './carry';
import { keyboard, mouse } from './hands';
import { expect, test } from './launch';
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

for (const [method, hands, by] of [
  ['pgp', mouse, 'mouse'],
  ['otp', keyboard, 'keyboard alone'],
] as const) {
  test(`two operators at windows run a ceremony on a real server by cameras, and revoke what it made (${method}, by ${by})`, async ({
    start,
  }) => {
    test.setTimeout(10 * 60_000);
    const cameras = new Cameras(start);
    const atServer = { program: 'online', env: { VAULT_ADDR: vault().address } } as const;
    const officer = await cameras.seat('Olga');
    const ada = await cameras.seat('Ada');
    const ben = await cameras.seat('Ben');
    const otto = await cameras.seat('Otto', atServer, hands);
    const oda = await cameras.seat('Oda', atServer, hands);
    const { carry } = cameras;
    await playAtWindows({ officer, ada, ben, otto, oda }, { method, server: vault(), carry });
    cameras.close();
  });
}

test('a token that is handed over is seen by no person: its station does the tasks, and proves its end to those who sign', async ({
  start,
}) => {
  test.setTimeout(10 * 60_000);
  const seat = async (name: string, options: Parameters<typeof start>[0] = {}) =>
    new Person(name, (await start(options)).page);
  const atServer = { program: 'online', env: { VAULT_ADDR: vault().address } } as const;
  const [officer, ada, ben] = [await seat('Olga'), await seat('Ada'), await seat('Ben')];
  const [otto, oda] = [await seat('Otto', atServer), await seat('Oda', atServer)];
  await playAtWindows({ officer, ada, ben, otto, oda }, { method: 'pgp', server: vault(), handoff: true });
});

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
