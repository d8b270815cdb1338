import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseBytes, caseFile, codeCases } from '../cases/read';
import { expect, type Running, test } from './launch';
import { Person } from './person';

const textOf = (name: string): string => new TextDecoder().decode(caseBytes(name));

async function custodianAt(running: Running): Promise<Person> {
  const ada = new Person('Ada', running.page);
  await ada.firstStart('Custodian');
  return ada;
}

/** Chooses a file by a button of the window. */
async function choose(person: Person, button: string, file: string): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser');
  await person.press(button);
  await (await chooser).setFiles(file);
}

test('what people paste and choose where a code is asked for is taken, or named for what it is', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  const field = ada.page.getByRole('textbox', { name: 'Text of the code' });
  const told: readonly (readonly [file: string, said: RegExp])[] = [
    ['ur/azerty.ur', /keyboard layout/],
    ['shares/initout', /key share in the clear/],
    ['shares/unsealkey1', /key share in the clear/],
  ];
  for (const [file, said] of told) {
    await ada.paste(textOf(file));
    await ada.isTold(said);
    await field.fill('');
  }
  // These hold somebody's identity, with what a mail program or a shell made of it.
  for (const file of codeCases.map((name) => `ur/${name}`)) {
    await ada.paste(textOf(file));
    const dialog = ada.page.getByRole('alertdialog');
    await expect(dialog).toBeVisible();
    await ada.press('They differ');
    await expect(dialog).toBeHidden();
  }
  await ada.paste(`Your token: hvs.${'a1B2'.repeat(6)}`);
  await ada.isTold(/in the clear.*revoked/);

  const pictures: readonly (readonly [file: string, said: RegExp])[] = [
    ['qr/foreign-wifi.png', /not an Airlock|something else/i],
    ['qr/foreign-url1.png', /not an Airlock|something else/i],
    ['qr/m-page6.png', /key share in the clear/],
    ['qr/card-150-1bit.png', /key share in the clear/],
    ['qr/scan-g4.tiff', /TIFF file.*Save the page as PNG/],
    // All its parts were seen, and the message in it is for another step.
    ['qr/animated.gif', /station|attempt|officer/],
  ];
  for (const [file, said] of pictures) {
    await choose(ada, 'Choose a picture or file', caseFile(file));
    await ada.isTold(said);
  }
  const pdf = join(running.home, 'page.pdf');
  writeFileSync(pdf, '%PDF-1.4\n%%EOF\n');
  await choose(ada, 'Choose a picture or file', pdf);
  await ada.isTold(/PDF file.*Save the page as PNG/);
});

test('what people paste and choose where their share is asked for is the share, or named for what it is', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  const refused: readonly (readonly [file: string, said: RegExp])[] = [
    ['shares/initout', /5 key shares and the root token.*nothing was taken/],
    ['shares/initjson', /5 key shares and the root token.*nothing was taken/],
    ['shares/twoshares', /2 key shares/],
    ['shares/k8sdouble', /base64 once more/],
    ['ur/wrap80.ur', /text of a code/],
  ];
  for (const [file, said] of refused) {
    await choose(ada, 'Take it from a file', caseFile(file));
    await ada.press('Check the share');
    await ada.isTold(said);
    await ada.type('Your share', textOf(file));
    await ada.press('Check the share');
    await ada.isTold(said);
  }
  await choose(ada, 'Take it from a file', caseFile('shares/utf16'));
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
  for (const file of ['shares/unsealkey1', 'shares/smartq', 'shares/quoted']) {
    await ada.press('Put it away');
    await ada.press('Check or print my share');
    await ada.type('Your share', textOf(file));
    await ada.pressAndFollow('Check the share');
    await ada.sees('It is the share you entered before');
  }
});

test('a PGP key from a file is taken as its tool wrote it, or named for what it is', async ({ start }) => {
  const running = await start();
  const ada = await custodianAt(running);
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  await ada.tick('radio', /Encrypted to my PGP key/);
  await choose(ada, 'Take the share from a file', caseFile('pgp-shares/ed.wrap76.b64'));
  const refused: readonly (readonly [file: string, said: RegExp])[] = [
    ['keys/ed.pub.asc', /public half/],
    ['keys/ed.two-blocks.sec.asc', /several keys/],
    ['keys/bigphoto.sec.asc', /encrypted to another key/],
  ];
  for (const [file, said] of refused) {
    await choose(ada, 'Take the key from a file', caseFile(file));
    await ada.press('Check the share');
    await ada.isTold(said);
  }
  await choose(ada, 'Take the key from a file', caseFile('keys/ed.sec.gpg'));
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
  await expect(ada.page.getByText(/33 bytes/).first()).toBeVisible();
});
