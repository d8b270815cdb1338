import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';
import { Cameras } from './carry';
import { expect, launch, test } from './launch';
import { Looks } from './looks';
import { Person } from './person';
import { meetBy, meetTheAbsent, planWith, releaseChecked } from './rounds';

let server: RehearsalServer;
test.beforeAll(async () => {
  server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 3,
    threshold: 2,
    tokenFormat: 'hvs',
    // As a real one: the ceremony is no rehearsal.
    clusterName: 'prod-eu',
  });
});
test.afterAll(() => server.close());

/** What anybody who reaches the server can do to the attempt on it. */
async function stranger(method: 'POST' | 'DELETE', body?: object): Promise<void> {
  const answer = await fetch(`${server.address}/v1/sys/generate-root/attempt`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
}

test('after a replaced attempt everyone is led to a new code, a killed station comes back to where it stood, and a cancelled attempt alarms', async ({
  start,
}) => {
  test.setTimeout(5 * 60_000);
  const folder = mkdtempSync(join(tmpdir(), 'airlock-absent-'));
  const cameras = new Cameras(start);
  const { carry } = cameras;
  const atServer = { program: 'online', env: { VAULT_ADDR: server.address } } as const;
  const officer = await cameras.seat('Olga');
  const ada = await cameras.seat('Ada');
  const otto = await cameras.seat('Otto', atServer);
  await officer.firstStart('Officer');
  await ada.firstStart('Custodian');
  await otto.firstStart('Operator');
  for (const laptop of [officer, ada]) {
    await meetBy(carry, laptop, otto);
    await meetBy(carry, otto, laptop);
  }
  await meetBy(carry, officer, ada);
  await meetBy(carry, ada, officer);
  const absent = [
    ['Ben', 'custodian'],
    ['Oda', 'operator'],
  ] as const;
  await meetTheAbsent(folder, absent, [officer, ada, otto]);

  await otto.press('Go on');
  await otto.pressAndFollow('Ask the server');
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  await officer.press('New ceremony');
  await carry(otto, officer, () => officer.sees('Plan the ceremony'));
  await planWith(officer, 'pgp', ['Ada', 'Ben', 'Otto', 'Oda']);
  const sendsStart = async (): Promise<void> => {
    await officer.press('The plan is complete');
    await officer.press(/Make the key/);
    await officer.sees('Carry this to the online station');
    await carry(officer, otto, () => otto.sees('Start this attempt?'));
    await otto.press('Start the attempt');
    await otto.sees('Collect the shares of this station');
  };
  const looks = new Looks();
  const look = (person: Person, state = '') => looks.at(cameras.runningOf(person), person.page, state);
  const attemptWords = (person: Person): Promise<string> => person.page.locator('.bar b').last().innerText();
  await sendsStart();
  await officer.press('The station has it');
  await officer.sees('Take the attempt');
  await carry(otto, officer, () => officer.sees('Take the result'));
  await carry(otto, ada, () => ada.sees('Is this the ceremony you agreed to?'));
  const first = await attemptWords(otto);
  await expect(ada.page.locator('.bar')).toContainText(first);

  await otto.press('Cancel the attempt');
  await expect(otto.page.getByRole('alertdialog')).toBeVisible();
  await look(otto, 'shall it be cancelled?');
  await otto.press('Keep it');

  // Somebody cancels it, and starts their own: the station's window says so by itself.
  await stranger('DELETE');
  await stranger('POST', {});
  await expect(otto.page.locator('.banner')).toContainText('release and submit nothing');
  await expect(otto.page.getByText(`stands in the place of ours (${first})`)).toBeVisible();
  // A code of it would make a custodian release for nothing.
  await expect(otto.page.getByTestId('code-out')).toBeHidden();
  await look(otto, 'replaced');
  await otto.press('Put it on record: the attempt is gone');
  await otto.sees('The attempt is over');
  await look(otto);
  await stranger('DELETE');

  // From where each of them stands there is a way to a new one.
  await officer.page.getByText('The attempt was cancelled, or something went wrong').click();
  await look(officer, 'what can be done after a cancelled attempt');
  await officer.press('Back to the plan');
  await officer.sees('Plan the ceremony');
  await otto.press('Introduce this station anew');
  await otto.sees('Introduce this station');
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  await officer.press('Another server, or a new code of its station');
  await officer.sees('Which server is it?');
  await carry(otto, officer, () => officer.sees('Plan the ceremony'));
  await sendsStart();
  const second = await attemptWords(otto);
  expect(second).not.toBe(first);
  await ada.page.getByText('This attempt was cancelled, and a new one was agreed on').click();
  await carry(otto, ada, () => expect(ada.page.locator('.bar')).toContainText(second));
  await releaseChecked(ada, server.shares[0] ?? '');
  await carry(ada, otto, () => expect(otto.page.getByText(/The share of Ada is accepted/)).toBeVisible());

  // Killed in the middle of collecting.
  const before = cameras.runningOf(otto);
  const ended = new Promise((resolve) => before.app.process().once('exit', resolve));
  before.app.process().kill('SIGKILL');
  await ended;
  const again = await launch({ ...atServer, home: before.home });
  try {
    const back = new Person('Otto', again.page);
    await back.unlock();
    await back.pressAndFollow('Ask the server');
    await back.press('Open Re-enable OIDC');
    await back.sees('Collect the shares of this station');
    await expect(back.page.locator('.bar')).toContainText(second);
    await expect(back.page.getByRole('row', { name: /^Ada/ })).toContainText(/accepted \d\d:\d\d/);
    await back.shownMessage();

    await stranger('DELETE');
    await expect(back.page.locator('.banner')).toContainText(/is open on the server no more/);
    await looks.at(again, back.page, 'cancelled');
    expect(looks.wrong).toEqual([]);
    expect(looks.seen.size).toBe(5);
  } finally {
    await again.close();
    cameras.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
