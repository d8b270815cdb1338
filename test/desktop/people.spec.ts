import { mkdtempSync, rmSync } from 'node:fs';
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

test('the window says what became of an identity: dropped, known from now on, or known already', async ({
  start,
}) => {
  const now = new Date('2026-03-04T05:06:07Z');
  const berta = await createIdentity(openHome(folder), { name: 'Berta', role: 'custodian', passphrase, now });
  const code = urText(wireBytes(await identityMessage(berta, now)));
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
