import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { wireBytes } from '../../shared/message/wire';
import { urText } from '../../shared/qr/ur';
import { fingerprintWords } from '../../shared/words';
import { byPaste, type Carry, cameraOff } from './carry';
import { type Person, passphrase } from './person';
import { isTokenKnown } from './real-vault';

const pictures = join('docs', 'pictures');

/** Takes a picture for the README, where the run is for that (CONTRIBUTING.md). */
export async function takePicture(person: Person, name: string): Promise<void> {
  if (!process.env['AIRLOCK_PICTURES']) return;
  await person.page.screenshot({ path: join(pictures, `${name}.png`) });
}

/**
 * Everyone shows their code, and everyone else takes it in and hears the six words from its owner. `across`:
 * those of them who have met already, as pairs.
 */
export async function introduceAll(
  people: readonly Person[],
  across: readonly (readonly [Person, Person])[] = [],
): Promise<void> {
  const haveMet = (one: Person, other: Person): boolean =>
    one === other || across.some((pair) => pair.includes(one) && pair.includes(other));
  const shown: { readonly person: Person; readonly code: string; readonly words: string }[] = [];
  for (const person of people) {
    shown.push({ person, code: await person.shownMessage(), words: await person.ownWords() });
  }
  for (const { person, code, words } of shown) {
    for (const other of people) if (!haveMet(person, other)) await other.meet(code, words);
  }
}

/**
 * People who take part without a window: the others meet them, and no other code of theirs is wanted.
 * `folder`: for their homes.
 */
export async function meetTheAbsent(
  folder: string,
  absent: readonly (readonly [name: string, role: 'custodian' | 'operator'])[],
  people: readonly Person[],
): Promise<void> {
  for (const [name, role] of absent) {
    const now = new Date();
    const identity = await createIdentity(openHome(join(folder, name)), { name, role, passphrase, now });
    const code = urText(wireBytes(await identityMessage(identity, now)));
    for (const person of people) await person.meet(code, fingerprintWords(identity.fingerprint));
  }
}

/** The officer fills in the plan. `everyone`: who takes part, by name. */
export async function planWith(
  officer: Person,
  method: 'pgp' | 'otp',
  everyone: readonly string[],
): Promise<void> {
  await officer.type('Name of the ceremony', 'Re-enable OIDC');
  await officer.type('Why a root token is needed', 'The tenant of the identity provider changed');
  await officer.type('Change ticket', 'CHG-4471');
  for (const name of everyone) await officer.tick('checkbox', new RegExp(`^${name} ·`));
  if (method === 'otp') await officer.tick('radio', /one-time password/i);
}

/** Someone takes in the code of another, and hears the six words from its owner. */
export async function meetBy(carry: Carry, shown: Person, taker: Person): Promise<void> {
  const words = await shown.ownWords();
  const asked = taker.page.getByRole('alertdialog').or(taker.page.getByRole('dialog'));
  await carry(shown, taker, () =>
    expect(asked.locator('.words', { hasText: words })).toBeVisible({ timeout: 30_000 }),
  );
  await taker.press('The words match');
  await expect(asked).toBeHidden();
  // It would stay on for the next person.
  await cameraOff(taker);
}

/** The custodian takes in the attempt from a station's window, checks it, and releases their share for it. */
export async function release(
  carry: Carry,
  station: Person,
  custodian: Person,
  share: string,
): Promise<void> {
  await carry(station, custodian, () => custodian.sees('Is this the ceremony you agreed to?'));
  await releaseChecked(custodian, share);
}

/** From the check on. */
export async function releaseChecked(custodian: Person, share: string): Promise<void> {
  await custodian.press('The words match');
  await custodian.type('Your share', share);
  await custodian.pressAndFollow('Check the share');
  await custodian.sees('Release your share?');
  await custodian.press('Release it');
  await custodian.sees(/Carry this to/);
}

/** A policy, and a limited token for a custodian. */
async function planTasks(officer: Person): Promise<void> {
  const begin = async (template: string): Promise<void> => {
    await officer.press('Add a task');
    await officer.tick('radio', template);
    await officer.press('Fill it in');
    await officer.sees(template);
  };
  await begin('Write a policy');
  await officer.type('Name of the policy', 'admin-oidc');
  await officer.type('Policy', 'path "auth/oidc/*" {\n  capabilities = ["update"]\n}');
  await officer.press('Add this task to the plan');
  await begin('Create a limited token');
  await officer.type('Policies', 'admin-oidc');
  await officer.type('How long it lives (TTL)', '8h');
  await officer.tick('radio', /^Ada · custodian/);
  await officer.press('Add this task to the plan');
}

/**
 * The token goes to the station of the result, which does the tasks with it; its outcome goes to who signs.
 */
async function handOver(
  { officer, ada, oda }: Pick<WindowsCast, 'officer' | 'ada' | 'oda'>,
  carry: Carry,
): Promise<void> {
  await officer.press(/^Hand it over to /);
  await officer.sees(/^Show this to /);
  await oda.press('The officer has it');
  await oda.sees('Revoke the token, and prove it');
  await oda.press(/The officer hands it over, sealed/);
  await carry(officer, oda, () => oda.sees('Do the tasks with the token?'));
  await oda.press('Do the tasks, then revoke it');
  await oda.sees('Show the outcome to the officer');
  await expect(oda.page.getByText(/^Done\. What it brought back is sealed to whom/)).toBeVisible();
  await carry(oda, officer, () => officer.sees('Destroy the key'));
  await expect(officer.page.getByText(/^revoked, proven by /)).toBeVisible();
  await ada.press('Sign off');
  await ada.press(/A station shows what became of the token/);
  await carry(oda, ada, () => expect(ada.page.getByText(/^Revoked, as .+ says$/)).toBeVisible());
  // What the plan made for Ada, she alone can read, and only while she holds it.
  await ada.page.keyboard.down('r');
  await expect(ada.page.getByTestId('brought')).toContainText('"client_token"');
  await ada.page.keyboard.up('r');
  await expect(ada.page.getByTestId('brought')).toBeEmpty();
  await oda.press('Everyone has it');
  await oda.press('Close and sign');
  await oda.sees('Signed. Let the others sign too');
}

export interface WindowsCast {
  readonly officer: Person;
  readonly ada: Person;
  readonly ben: Person;
  /** Both at windows of the online station. */
  readonly otto: Person;
  readonly oda: Person;
}

export interface Round {
  readonly method: 'pgp' | 'otp';
  /** Shares in hex; two of three are a quorum. */
  readonly server: { readonly address: string; readonly shares: readonly string[] };
  /** Whether the token goes to the second station, sealed, for the tasks of the plan. */
  readonly handoff?: boolean;
  /** How messages cross between laptops and stations. As text where it is left out. */
  readonly carry?: Carry;
}

/** A whole ceremony, each person at a fresh window, from the first start to the signed transcript. */
export async function playAtWindows(
  { officer, ada, ben, otto, oda }: WindowsCast,
  { method, server: { address, shares }, carry = byPaste, handoff = false }: Round,
): Promise<void> {
  await officer.firstStart('Officer');
  for (const custodian of [ada, ben]) await custodian.firstStart('Custodian');
  for (const operator of [otto, oda]) await operator.firstStart('Operator');
  const across = [
    [officer, otto],
    [ada, otto],
    [ben, oda],
  ] as const;
  for (const [laptop, station] of across) {
    await meetBy(carry, laptop, station);
    await meetBy(carry, station, laptop);
  }
  await introduceAll([officer, ada, ben, otto, oda], across);

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
  await carry(otto, officer, () => officer.sees('Plan the ceremony'));
  await planWith(officer, method, ['Ada', 'Ben', 'Otto', 'Oda']);
  if (handoff) await planTasks(officer);
  await officer.press('The plan is complete');
  await officer.press(method === 'pgp' ? /Make the key/ : 'Make the password');
  await officer.sees('Carry this to the online station');

  await carry(officer, otto, () => otto.sees('Start this attempt?'));
  await takePicture(otto, 'operator-start');
  await otto.press('Start the attempt');
  await otto.sees('Collect the shares of this station');
  await carry(otto, oda, () => oda.sees('Join this attempt?'));
  await oda.press('Join the attempt');
  await oda.sees('Collect the shares of this station');
  await officer.press('The station has it');
  await officer.sees('Take the attempt');
  await carry(otto, officer, () => officer.sees('Take the result'));

  // With an OTP the station that started must not be the one that finishes.
  await release(carry, otto, ada, shares[0] ?? '');
  await carry(ada, otto, () => expect(otto.page.getByText(/The share of Ada is accepted/)).toBeVisible());
  await expect(otto.page.getByText(/^accepted \d\d:\d\d$/)).toBeVisible();
  await takePicture(otto, 'operator-collect');
  // The other station hears of it from the server.
  await expect(oda.page.getByText(/1 of 2 shares/)).toBeVisible();
  await release(carry, oda, ben, shares[2] ?? '');
  await carry(ben, oda, () => oda.sees('Show the result to the officer'));
  await takePicture(oda, 'operator-result');
  // At the first station the attempt is gone, and nobody is alarmed who need not be.
  await expect(otto.page.getByText(/another station has probably finished it/)).toBeVisible();

  await carry(oda, officer, () => officer.sees('Decode the result'));
  await officer.type('Your passphrase', passphrase);
  await officer.pressAndFollow(/^Decode/);
  await officer.sees('A root token exists');
  if (handoff) return handOver({ officer, ada, oda }, carry);
  await officer.page.keyboard.down('r');
  await expect(officer.page.getByTestId('token')).not.toBeEmpty();
  const token = (await officer.page.getByTestId('token').textContent()) ?? '';
  await officer.page.keyboard.up('r');
  expect(await isTokenKnown(address, token)).toBe(true);

  await oda.press('The officer has it');
  await oda.sees('Revoke the token, and prove it');
  await takePicture(oda, 'operator-token');
  await oda.type('Root token', token);
  await oda.pressAndFollow('Revoke it');
  await oda.sees('Sign off');
  expect(await isTokenKnown(address, token)).toBe(false);
  await oda.press('Close and sign');
  await oda.sees('Signed. Let the others sign too');

  await otto.press('Put it on record: the attempt is gone');
  await otto.sees('The attempt is over');
  await otto.press('Sign off');
  await otto.press('Close and sign');
  await otto.sees('Signed. Let the others sign too');
}
