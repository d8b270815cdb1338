import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome } from '../../main/store/home';
import { createIdentity, identityMessage } from '../../main/store/identity';
import { wireBytes } from '../../shared/message/wire';
import { urText } from '../../shared/qr/ur';
import { expect, test } from './launch';
import { Person, passphrase } from './person';

const folder = mkdtempSync(join(tmpdir(), 'airlock-people-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code of somebody's identity, as UR text. */
async function codeOf(name: string): Promise<string> {
  const now = new Date('2026-03-04T05:06:07Z');
  const home = openHome(join(folder, name));
  const identity = await createIdentity(home, { name, role: 'custodian', passphrase, now });
  return urText(wireBytes(await identityMessage(identity, now)));
}

test('the window says what became of an identity: dropped, known from now on, or known already', async ({
  start,
}) => {
  const code = await codeOf('Berta');
  const ada = new Person('Ada', (await start()).page);
  await ada.firstStart('Custodian');
  const asked = ada.page.getByText('Compare the six words with them before it counts', { exact: false });

  await ada.paste(code);
  await ada.press('They differ');
  await ada.isTold(/the code of Berta was dropped/);
  await expect(asked).toBeHidden();

  await ada.paste(code);
  await ada.press('The words match');
  await expect(ada.page.getByText('Berta is known here from now on.')).toBeVisible();
  await expect(asked).toBeHidden();

  await ada.paste(code);
  await expect(ada.page.getByText('Berta is known here already, and nothing is different.')).toBeVisible();
  await expect(ada.page.getByRole('alertdialog')).toBeHidden();
});

test('a file that the app is started on is taken in once its person is there, as if it was chosen then', async ({
  start,
}) => {
  const message = join(folder, 'from carl.ur');
  writeFileSync(message, await codeOf('Carl'));
  const first = await start({ file: message });
  const ada = new Person('Ada', first.page);
  await ada.firstStart('Custodian');
  await ada.press('The words match');
  await expect(ada.page.getByText('Carl is known here from now on.')).toBeVisible();
  await first.close();

  const letter = join(folder, 'letter.ur');
  writeFileSync(letter, 'Dear Ada,\n');
  const again = new Person('Ada', (await start({ home: first.home, file: letter })).page);
  await expect(again.page.getByRole('alert')).toHaveCount(0);
  await again.unlock();
  await again.isTold(/something else than an Airlock message/);
});
