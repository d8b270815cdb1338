import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import type { Role } from '../../shared/message/body';
import { parseWire, wireBytes } from '../../shared/message/wire';
import { UrReader, urText } from '../../shared/qr/ur';
import { beginRehearsal, call } from './bridge';
import { expect, test } from './launch';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-plan-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everyone: readonly (readonly [string, Role])[] = [
  ['Ada', 'custodian'],
  ['Ben', 'custodian'],
  ['Xavier', 'custodian'],
  ['Otto', 'operator'],
  ['Oda', 'operator'],
];

/** An officer who knows everyone, at the plan of a ceremony that needs two of three shares. */
async function atPlan(first: Page): Promise<Person> {
  const now = new Date('2026-03-04T05:06:07Z');
  const officer = new Person('Olga', first);
  await officer.firstStart('Officer');
  const { page } = officer;
  for (const [name, role] of everyone) {
    const home = openHome(mkdtempSync(join(folder, 'home-')));
    const identity = await createIdentity(home, { name, role, passphrase, now });
    const text = urText(wireBytes(await identityMessage(identity, now)));
    await call(page, 'code.receive', { text, carrier: 'paste' });
    await call(page, 'people.confirm', { matches: true });
  }
  await beginRehearsal(page, { threshold: 2, shares: 3 });
  await officer.sees('Plan the rehearsal');
  await officer.type('Name of the ceremony', 'Re-enable OIDC');
  await officer.type('Why a root token is needed', 'The tenant changed');
  return officer;
}

async function pick(officer: Person, ...names: readonly string[]): Promise<void> {
  for (const name of names) await officer.tick('checkbox', new RegExp(`^${name} ·`));
}

/** The same officer, whose plan with everyone in it is complete. */
async function atKey(first: Page): Promise<Person> {
  const officer = await atPlan(first);
  await pick(officer, ...everyone.map(([name]) => name));
  await officer.press('The plan is complete');
  return officer;
}

const station = (page: Page, custodian: string) =>
  page.getByRole('combobox', { name: `${custodian} gives to`, exact: true });

async function violations(page: Page): Promise<string[]> {
  // What is said aloud of a busy button refers to that button, which may be gone.
  const found = await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-live-announcer]').analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Whether anything stands out of the window: only what is in its middle may scroll. */
const overflows = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return scrollWidth > clientWidth || scrollHeight > clientHeight;
  });

test('the plan proposes whose station takes whose share, and the officer moves one with a click', async ({
  start,
}) => {
  const officer = await atPlan((await start()).page);
  const { page } = officer;
  await pick(officer, ...everyone.map(([name]) => name));
  await expect(station(page, 'Ada').locator('option:checked')).toHaveText("Otto's station");
  await expect(station(page, 'Ben').locator('option:checked')).toHaveText("Oda's station");
  await expect(station(page, 'Xavier').locator('option:checked')).toHaveText('Reserve');
  await expect(page.getByText('Otto: 1 of 2 shares')).toBeVisible();
  await expect(page.getByText('Oda: 1 of 2 shares')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /alone could/ })).toHaveCount(0);
  expect(await overflows(page)).toBe(false);
  expect(await violations(page)).toEqual([]);

  await station(page, 'Ada').selectOption({ label: 'Reserve' });
  await station(page, 'Xavier').selectOption({ label: "Otto's station" });
  await officer.press('The plan is complete');
  await officer.sees(/Make the key/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a team with one station goes on only once the officer states who alone could rebuild the root key, in ${colorScheme}`, async ({
    start,
  }) => {
    const officer = await atPlan((await start({ colorScheme })).page);
    const { page } = officer;
    await pick(officer, 'Ada', 'Ben', 'Otto');
    const statement = page.getByRole('checkbox', {
      name: 'Otto alone could take the token and rebuild the root key',
    });
    await expect(statement).not.toBeChecked();
    await officer.press('The plan is complete');
    await officer.isTold(/state that one station may take all/);
    await expect(page.getByRole('group', { name: 'Where shares go' }).getByRole('alert')).toBeInViewport();
    await statement.check();
    await expect(page.getByText('Otto: 2 of 2 shares')).toBeVisible();
    expect(await violations(page)).toEqual([]);

    // The statement is about Otto. With Oda nobody alone has a quorum; without her it has to be made anew.
    await pick(officer, 'Oda');
    await expect(statement).toHaveCount(0);
    await page.getByRole('checkbox', { name: /^Oda ·/ }).uncheck({ force: true });
    await expect(statement).not.toBeChecked();
    await statement.check();
    await officer.press('The plan is complete');
    await officer.sees(/Make the key/);
    await call(page, 'officer.make-key', { algorithm: 'curve25519' });
    await officer.sees('Carry this to the online station');
    await expect(page.getByText(/By this plan Otto alone could take the token/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('a custodian can’t give: a reserve steps in by an amendment, which goes out as a code', async ({
  start,
}) => {
  const officer = await atKey((await start()).page);
  const { page } = officer;
  await officer.sees(/Make the key/);
  await call(page, 'officer.make-key', { algorithm: 'curve25519' });
  await officer.sees('Carry this to the online station');
  await officer.press('The station has it');
  await officer.sees('Take the attempt');
  await officer.press(/A custodian can’t give/);
  await officer.press('Let a reserve step in');
  await officer.sees('Who gives instead?');
  await officer.tick('radio', 'Ben');
  await officer.tick('radio', "Oda's station");
  const sign = page.getByRole('button', { name: 'Sign the amendment' });
  await expect(sign).toBeDisabled();
  const statement = page.getByRole('checkbox', {
    name: "Should Ben's share reach Oda's station after all, Oda alone could rebuild the root key",
  });
  await statement.check();
  expect(await violations(page)).toEqual([]);
  await sign.click();
  await officer.sees('Carry this to every station');
  expect(await violations(page)).toEqual([]);
  const reader = new UrReader();
  const read = reader.receive(await officer.shownMessage());
  if (read.status !== 'complete') throw new Error('the code holds no message');
  expect(parseWire(read.bytes).envelope.type).toBe('amendment');
  await officer.press('The stations have it');
  await officer.press('Show the amendment');
  await officer.sees('Carry this to every station');
});

test('the kind of key follows from the server, and the making of an RSA key can be watched and cancelled', async ({
  start,
}) => {
  const officer = await atKey((await start()).page);
  const { page } = officer;
  await officer.sees('Make the key for this ceremony');
  // Typed in by hand, the server's version is not known: what every server can use is right.
  await expect(page.getByText('The server’s version is not known here.')).toBeVisible();
  await expect(page.getByText('RSA-3072', { exact: true })).toBeVisible();
  await officer.press(/Another kind of key/);
  await officer.tick('radio', 'RSA-4096');
  await officer.press('Make the key');
  await expect(page.getByRole('progressbar', { name: 'Making the RSA-4096 key' })).toBeVisible();
  await officer.press('Cancel');
  await expect(page.getByRole('status').filter({ hasText: 'No key was made.' })).toBeVisible();
  await officer.tick('radio', 'Curve25519');
  await expect(page.getByText(/Airlock takes RSA-3072 for this server/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await officer.press('Make the key');
  await officer.sees('Carry this to the online station');
});
