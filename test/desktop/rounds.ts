import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type Person, passphrase } from './person';
import { isTokenKnown } from './real-vault';

const pictures = join('docs', 'pictures');

/** Takes a picture for the README, where the run is for that (CONTRIBUTING.md). */
export async function takePicture(person: Person, name: string): Promise<void> {
  if (!process.env['AIRLOCK_PICTURES']) return;
  await person.page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Everyone shows their code, and everyone else takes it in and hears the six words from its owner. */
export async function introduceAll(people: readonly Person[]): Promise<void> {
  const shown: { readonly name: string; readonly code: string; readonly words: string }[] = [];
  for (const person of people) {
    shown.push({ name: person.name, code: await person.shownMessage(), words: await person.ownWords() });
  }
  for (const { name, code, words } of shown) {
    for (const person of people) if (person.name !== name) await person.meet(code, words);
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
}

/** A whole ceremony, each person at a fresh window, from the first start to the signed transcript. */
export async function playAtWindows(
  { officer, ada, ben, otto, oda }: WindowsCast,
  { method, server: { address, shares } }: Round,
): Promise<void> {
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
  await otto.paste(await release(ada, attempt, shares[0] ?? ''));
  await expect(otto.page.getByText(/The share of Ada is accepted/)).toBeVisible();
  await expect(otto.page.getByText(/^accepted \d\d:\d\d$/)).toBeVisible();
  await takePicture(otto, 'operator-collect');
  // The other station hears of it from the server.
  await expect(oda.page.getByText(/1 of 2 shares/)).toBeVisible();
  await oda.paste(await release(ben, await oda.shownMessage(), shares[2] ?? ''));
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
