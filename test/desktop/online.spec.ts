import { parseWire } from '../../shared/message/wire';
import { UrReader } from '../../shared/qr/ur';
import { buildRealVault, type RealVault, startRealVault, whyNoRealVault } from '../real/real-vault';
import { keyboard, mouse } from './hands';
import { expect, type Running, test } from './launch';
import { Person, passphrase } from './person';
import { readScreen } from './read-screen';
import { introduceAll, planWith, takePicture } from './rounds';

// Two shares of three: the least that is a quorum, so that few windows are needed.
let vault: RealVault;

test.beforeAll(async () => {
  test.setTimeout(20 * 60_000);
  const missing = await whyNoRealVault();
  if (missing !== null && process.env['CI']) throw new Error(missing);
  test.skip(missing !== null, `No real server: ${missing}`);
  await buildRealVault();
  vault = await startRealVault({ shares: 3, threshold: 2 });
});

test.afterAll(async () => {
  await vault?.close();
});

/** The message in a UR text. */
function messageOf(text: string) {
  const received = new UrReader().receive(text);
  if (received.status !== 'complete') throw new Error('no whole message');
  return parseWire(received.bytes);
}

const isKnown = async (token: string): Promise<boolean> =>
  (await fetch(`${vault.address}/v1/auth/token/lookup-self`, { headers: { 'X-Vault-Token': token } }))
    .status === 200;

type Start = (options: { program: 'online'; env: Record<string, string> }) => Promise<Running>;
const atServer = (start: Start) => start({ program: 'online', env: { VAULT_ADDR: vault.address } });

async function release(custodian: Person, attempt: string, share: string): Promise<string> {
  await custodian.paste(attempt);
  await custodian.sees('Is this the ceremony you agreed to?');
  await custodian.press('The words match');
  await custodian.type('Your share', share);
  await custodian.pressAndFollow('Check the share');
  await custodian.sees('Release your share?');
  await custodian.press('Release it');
  await custodian.sees(/Carry this to/);
  return custodian.shownMessage();
}

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
    await officer.firstStart('Officer');
    for (const custodian of [ada, ben]) await custodian.firstStart('Custodian');
    for (const operator of [otto, oda]) await operator.firstStart('Operator');
    await introduceAll([officer, ada, ben, otto, oda]);

    for (const operator of [otto, oda]) {
      await operator.press('Go on');
      await operator.sees('Which server?');
      await takePicture(operator, 'operator-server');
      await operator.pressAndFollow('Ask the server');
      await operator.sees('Introduce this station');
    }
    await otto.press('Make this station’s code');
    await otto.sees('Show this to the officer');
    await takePicture(otto, 'operator-introduce');
    await officer.press('New ceremony');
    await officer.paste(await otto.shownMessage());
    await officer.sees('Plan the ceremony');
    await planWith(officer, method, ['Ada', 'Ben', 'Otto', 'Oda']);
    await officer.press('The plan is complete');
    await officer.press(method === 'pgp' ? /Make the key/ : 'Make the password');
    await officer.sees('Carry this to the online station');

    await otto.paste(await officer.shownMessage());
    await otto.sees('Start this attempt?');
    await takePicture(otto, 'operator-start');
    await otto.press('Start the attempt');
    await otto.sees('Collect the shares of this station');
    const attempt = await otto.shownMessage();
    await oda.paste(attempt);
    await oda.sees('Join this attempt?');
    await oda.press('Join the attempt');
    await oda.sees('Collect the shares of this station');
    await officer.press('The station has it');
    await officer.paste(attempt);

    // With an OTP the station that started must not be the one that finishes.
    await otto.paste(await release(ada, attempt, vault.shares[0] ?? ''));
    await expect(otto.page.getByText(/The share of Ada is accepted/)).toBeVisible();
    await expect(otto.page.getByText(/^accepted \d\d:\d\d$/)).toBeVisible();
    await takePicture(otto, 'operator-collect');
    // The other station hears of it from the server.
    await expect(oda.page.getByText(/1 of 2 shares/)).toBeVisible();
    await oda.paste(await release(ben, await oda.shownMessage(), vault.shares[2] ?? ''));
    await oda.sees('Show the result to the officer');
    await takePicture(oda, 'operator-result');
    // At the first station the attempt is gone, and nobody is alarmed who need not be.
    await expect(otto.page.getByText(/another station has probably finished it/)).toBeVisible();

    await officer.paste(await oda.shownMessage());
    await officer.sees('Decode the result');
    await officer.type('Your passphrase', passphrase);
    await officer.pressAndFollow(/^Decode/);
    await officer.sees('A root token exists');
    await officer.page.keyboard.down('r');
    await expect(officer.page.getByTestId('token')).not.toBeEmpty();
    const token = (await officer.page.getByTestId('token').textContent()) ?? '';
    await officer.page.keyboard.up('r');
    expect(await isKnown(token)).toBe(true);

    await oda.press('The officer has it');
    await oda.sees('Revoke the token, and prove it');
    await takePicture(oda, 'operator-token');
    await oda.type('Root token', token);
    await oda.pressAndFollow('Revoke it');
    await oda.sees('Sign off');
    expect(await isKnown(token)).toBe(false);
    await oda.press('Close and sign');
    await oda.sees('Signed. Let the others sign too');

    await otto.press('Put it on record: the attempt is gone');
    await otto.sees('The attempt is over');
    await otto.press('Sign off');
    await otto.press('Close and sign');
    await otto.sees('Signed. Let the others sign too');
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
