import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { toHex } from '../../shared/bytes';
import { wireBytes } from '../../shared/message/wire';
import { urText } from '../../shared/qr/ur';
import { carriedOut } from '../../shared/script/carried-out';
import type { Script } from '../../shared/script/script';
import { scriptFile } from '../../shared/script/script-file';
import { parseJournal } from '../../shared/transcript/journal-line';
import { beginRehearsal, call } from './bridge';
import { expect, test } from './launch';
import { Looks } from './looks';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-script-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A team's own script, shorter than the standard one. */
const own: Script = {
  title: 'Ours',
  version: '3',
  about: '',
  proposes: { purpose: 'Yearly exercise', method: 'otp' },
  roles: [
    { name: 'officer', duty: 'Leads', plays: 'officer' },
    { name: 'safe controller', duty: 'Opens the safe' },
  ],
  sections: [
    {
      title: 'Before',
      signs: ['safe controller'],
      steps: [
        {
          action: 'Hand out the laptop',
          by: 'safe controller',
          expected: 'Its bag is whole',
          checks: [{ text: 'Number of the bag', value: 'bag number' }, { text: 'Two people have looked' }],
        },
        { action: 'Compare the clocks', by: 'officer', expected: '', checks: [] },
      ],
    },
    {
      title: 'Ceremony',
      signs: [],
      steps: [{ action: 'Make the secret', by: 'officer', expected: '', checks: [], own: 'secret-made' }],
    },
  ],
  statements: [{ by: 'officer', text: 'I led it.' }],
};

/** An officer's window at the plan; returns what the plan is agreed with. */
async function atPlan(olga: Person): Promise<string> {
  const home = join(folder, 'berta');
  const now = new Date('2026-03-04T05:06:07Z');
  const berta = await createIdentity(openHome(home), { name: 'Berta', role: 'custodian', passphrase, now });
  await olga.firstStart('Officer');
  const text = urText(wireBytes(await identityMessage(berta, now)));
  await call(olga.page, 'code.receive', { text, carrier: 'paste' });
  await call(olga.page, 'people.confirm', { matches: true });
  await beginRehearsal(olga.page, { threshold: 1, shares: 1 });
  await olga.sees('Plan the rehearsal');
  return toHex(berta.fingerprint);
}

async function takeIn(page: Page, name: string, text: string): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Take in a script’s file' }).click();
  await (await chooser).setFiles(file);
}

test('an officer takes the team’s script in, goes by it step by step, and has all of it on record', async ({
  start,
}) => {
  test.setTimeout(4 * 60_000);
  const looks = new Looks();
  const running = await start({ program: 'offline' });
  const olga = new Person('Olga', running.page);
  const berta = await atPlan(olga);
  const { page } = olga;
  const says = (text: string | RegExp): Promise<void> => expect(page.getByText(text).first()).toBeVisible();
  const look = (state: string): Promise<void> => looks.at(running, page, state);

  await olga.press('Choose a script');
  await takeIn(page, 'wrong.json', scriptFile(own).replace('"by": "officer"', '"by": "notary"'));
  await says(/“notary”, and the script has no such role/);
  await look('a file refused');
  await takeIn(page, 'ours.json', scriptFile(own));
  await says(/ours\.json is taken in/);
  await olga.tick('radio', 'Ours, version 3');
  await olga.press('Go by this script');
  await says('Another script, or none');
  // A proposal: it stands in the form, and can be changed there.
  const why = page.getByRole('textbox', { name: 'Why a root token is needed' });
  await expect(why).toHaveValue('Yearly exercise');
  await expect(page.getByRole('radio', { name: 'One-time password' })).toBeChecked();
  await olga.type('Why a root token is needed', 'The tenant changed');
  await says('The plan has other than what it proposes.');
  await look('a plan other than its script proposes');
  await olga.press('Take over what it proposes');
  await expect(why).toHaveValue('Yearly exercise');
  await call(page, 'officer.plan', {
    draft: {
      title: 'Re-enable OIDC',
      purpose: 'The tenant changed',
      ticket: '',
      method: 'otp',
      tokenKind: 'root',
      tasks: [],
      tokenMinutes: 60,
      taskInHand: null,
      roster: [berta],
      stations: {},
      shares: {},
      quorumAtOneStation: true,
      sameStationAllowed: true,
      rehearsal: true,
    },
  });

  await olga.press('Script: 0 of 3 on record');
  await olga.press('Somebody takes part');
  await olga.type('Name', 'Sam');
  await look('somebody takes part');
  await olga.press('Put on record');
  await expect(page.getByRole('button', { name: 'Sam has left' })).toBeVisible();
  // Said at the step, which loses nothing that was filled in.
  await olga.type('Bag number', 'BAG-42');
  await expect(page.getByRole('checkbox', { name: 'Number of the bag' })).toBeChecked();
  await olga.type('Done by (safe controller)', 'Sam');
  await olga.press('Step 1.1 is as expected');
  await says(/once “Two people have looked” is ticked/);
  await look('a step refused');
  await olga.press('Back to the ceremony');
  await olga.press('Script: 0 of 3 on record');
  await olga.tick('checkbox', 'Two people have looked');
  await olga.press('Step 1.1 is as expected');

  // By keyboard alone: the next step has the focus.
  await expect(page.getByRole('heading', { name: /Compare the clocks/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Done by (officer)' })).toBeFocused();
  await olga.press('It deviated');
  await olga.type(
    'What deviated, why, and what was done about it',
    'Ten minutes apart: the wall clock counts',
  );
  await olga.type('Decided by', 'Olga');
  await look('a deviation');
  await page.getByRole('textbox', { name: 'Decided by' }).press('Enter');
  await says(/2 of 3 steps are on record\. One has deviated/);
  await expect(page.getByRole('button', { name: 'Step 2.1 is as expected' })).toBeDisabled();
  await olga.type('Who stays in the room', 'Sam');
  await olga.press('A break begins');
  await olga.press('The break ends');

  // Airlock fills in what it does itself.
  await call(page, 'officer.make-otp', {});
  await says(/3 of 3 steps are on record/);
  await expect(page.locator('.script-steps')).toContainText([
    'Compare the clocks',
    'The one-time password is ready',
  ]);
  await look('all on record');
  expect(looks.wrong).toEqual([]);

  const home = openHome(running.home);
  const [id = ''] = home.listCeremonies();
  const lines = parseJournal(readFileSync(home.ceremony(id).journal)).map(({ line }) => line);
  const script = carriedOut(lines).at(-1);
  expect(script).toMatchObject({
    title: 'Ours',
    isWhole: true,
    people: [{ name: 'Sam' }],
    breaks: [{ stayed: 'Sam' }],
  });
  expect(script?.sections[0]?.steps[0]?.record).toMatchObject({
    by: 'Sam',
    checks: [
      { done: true, value: 'BAG-42' },
      { done: true, value: '' },
    ],
  });
});
