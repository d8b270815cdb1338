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

const task = (page: Page, at: number) =>
  page.getByRole('group', { name: 'What the token will be used for' }).locator('ol.planned > li').nth(at);

/** Goes to the form of a template, as an officer does who adds a task. */
async function begin(officer: Person, template: string): Promise<void> {
  await officer.press('Add a task');
  await officer.sees('What will the token be used for?');
  await officer.tick('radio', template);
  await officer.press('Fill it in');
  await officer.sees(template);
}

test('the officer fills tasks in from templates, is told at the field what can’t be, orders and removes them', async ({
  start,
}) => {
  const officer = await atPlan((await start()).page);
  const { page } = officer;
  await pick(officer, ...everyone.map(([name]) => name));
  await expect(task(page, 0)).toContainText('Revoke this token, and prove it');
  await expect(task(page, 0).getByRole('button', { name: /Remove|Move|Change/ })).toHaveCount(0);

  // A limited token: a mix that can't be is said where it is, and the focus is there.
  await begin(officer, 'Create a limited token');
  expect(await violations(page)).toEqual([]);
  await officer.press('Add this task to the plan');
  await expect(page.getByRole('textbox', { name: 'Policies', exact: true })).toBeFocused();
  await expect(page.getByText('Name a policy. A token that is asked for without any')).toBeVisible();
  await officer.type('Policies', 'root');
  await expect(page.getByText(/this would be another root token/)).toBeVisible();
  await officer.type('Policies', 'admin-oidc');
  await officer.type('How long it lives (TTL)', '8h');
  await officer.type('Limit of uses', '5');
  await officer.tick('radio', 'Batch token');
  await officer.tick('radio', /^Ada · custodian/);
  await expect(page.getByText(/A batch token can’t have a limit of uses/)).toBeVisible();
  // Operators carry tasks out, and get nothing of them.
  await expect(page.getByRole('radio', { name: /^Otto/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await officer.press('Back to the plan');
  await expect(page.getByText('Not in the plan yet: “Create a limited token”.')).toBeVisible();
  await officer.press('The plan is complete');
  await officer.isTold(/A task is begun that is not in the plan yet/);
  await officer.press('Go on with it');
  await expect(page.getByRole('textbox', { name: 'Limit of uses', exact: true })).toHaveValue('5');
  await officer.tick('radio', 'Service token');
  await expect(page.getByText('It may make 5 requests, whatever they ask. Then it is dead.')).toBeVisible();
  expect(await overflows(page)).toBe(false);
  await officer.press('Add this task to the plan');
  await expect(task(page, 0)).toContainText('Create a limited token for Ada');

  await begin(officer, 'Write a policy');
  await officer.type('Name of the policy', 'admin-oidc');
  await officer.type('Policy', 'path "auth/oidc/*" {\n  capabilities = ["update"]\n}');
  await officer.press('Add this task to the plan');
  await begin(officer, 'Something done by hand');
  await officer.type('What is done', 'Tell the service desk');
  await officer.press('Add this task to the plan');

  // Moved and removed by keyboard: the focus goes along.
  await page.getByRole('button', { name: 'Move task 2 up' }).focus();
  await page.keyboard.press('Enter');
  await expect(task(page, 0)).toContainText('Write the policy “admin-oidc”');
  await expect(page.getByRole('button', { name: 'Move task 1 down' })).toBeFocused();
  await officer.press('Remove task 3');
  await expect(task(page, 2)).toContainText('Revoke this token, and prove it');
  await expect(task(page, 2).getByRole('button', { name: /Remove|Move|Change/ })).toHaveCount(0);

  // What is sent stands beneath, to the byte.
  await task(page, 0).getByRole('button', { name: 'What is sent' }).click();
  await expect(task(page, 0).getByText('POST sys/policies/acl/admin-oidc')).toBeVisible();
  await expect(task(page, 0).locator('pre')).toHaveText(
    '{"policy":"path \\"auth/oidc/*\\" {\\n  capabilities = [\\"update\\"]\\n}\\n"}',
  );
  expect(await violations(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);

  // A task is changed in its form, which has what was filled in.
  await officer.press('Change task 2');
  await expect(page.getByRole('textbox', { name: 'How long it lives (TTL)', exact: true })).toHaveValue('8h');
  await officer.type('How long it lives (TTL)', '1h');
  await officer.press('Change this task of the plan');
  await expect(task(page, 1)).toContainText('It lives 1 hour, and can’t be renewed.');
  await officer.press('The plan is complete');
  await officer.sees(/Make the key/);
});

test('a task’s form can be read and filled in at 200 % zoom', async ({ start }) => {
  const { app, page: first } = await start();
  const officer = await atPlan(first);
  const { page } = officer;
  await begin(officer, 'Create a limited token');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => window.devicePixelRatio)).toBeCloseTo(2);
  expect(await overflows(page)).toBe(false);
  await expect(page.getByRole('button', { name: 'Add this task to the plan' })).toBeInViewport();
  expect(await violations(page)).toEqual([]);
});
