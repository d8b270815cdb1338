import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { qrPng } from '../../main/qr/qr-png';
import { parseShare } from '../../shared/share/share';
import { cardGroups, cardQrText } from '../../shared/share/share-card';
import { expect, type Running, test } from './launch';
import { Person } from './person';
import { readScreen } from './read-screen';

const hex = `${randomBytes(32).toString('hex')}2a`;
const groups = cardGroups(parseShare(hex));

async function custodianAt(running: Running): Promise<Person> {
  const ada = new Person('Ada', running.page);
  await ada.firstStart('Custodian');
  return ada;
}

/** Enters the share at home, in hex. */
async function enterAtHome(ada: Person): Promise<void> {
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  await ada.type('Your share', hex);
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
}

/** Puts the share away. The window in which it was typed was replaced as soon as it was taken. */
async function putAway(ada: Person): Promise<void> {
  await ada.press('Put it away');
  await ada.sees(/Meet the others/);
}

/** Colours are those of the window, or of the desktop: what goes into the README is light. */
const shot = (ada: Person, name: string) =>
  ada.page.screenshot({ path: `test/out/custody-${name}.png`, animations: 'disabled' });

test('a custodian enters a share before any ceremony, and types it back from a card with an error in it', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  await shot(ada, 'home');
  await enterAtHome(ada);
  await shot(ada, 'held');
  await putAway(ada);

  await ada.press('Check or print my share');
  await ada.sees('Is this still your share?');
  await ada.tick('radio', 'A share card');
  const typo = groups.map((group, index) =>
    index === 6 ? `${group.startsWith('A') ? 'B' : 'A'}${group.slice(1)}` : group,
  );
  await ada.type('Groups of the card', typo.join('\n').toLowerCase());
  await shot(ada, 'typo');
  await ada.press('Check the share');
  await ada.isTold(/Group 7 is wrong/);
  await shot(ada, 'wrong-group');
  // What was typed is still there, to be corrected.
  await expect(ada.page.getByRole('textbox', { name: 'Groups of the card' })).toHaveValue(
    typo.join('\n').toLowerCase(),
  );
  await ada.type('Groups of the card', groups.join(' '));
  await ada.pressAndFollow('Check the share');
  await ada.sees('It is the share you entered before');
  await putAway(ada);
});

test('a share card is saved as a PDF where the person says, and read back from its picture', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  await enterAtHome(ada);
  const pdf = join(running.home, 'card.pdf');
  await running.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, pdf);
  await ada.press('Save as PDF');
  await shot(ada, 'pdf-warning');
  await ada.press('Choose where');
  await expect(ada.page.getByText(`Saved as ${pdf}`)).toBeVisible();
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(statSync(pdf).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(running.home, 'journal.jsonl'), 'utf8')).toContain('"plain-crossing"');
  // Nothing but the app's one window is left.
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  await putAway(ada);
  await ada.press('Check or print my share');
  await ada.tick('radio', 'A share card');
  const pdfChooser = ada.page.waitForEvent('filechooser');
  await ada.press('Choose a picture of the card');
  const chosenPdf = await pdfChooser;
  await ada.follow(() => chosenPdf.setFiles(pdf));
  await ada.sees('It is the share you entered before');

  const page = pictureOf(pdf);
  test.skip(page === null, 'pdftoppm (poppler-utils) is not there to draw the page');
  const texts = await readScreen(new Uint8Array(readFileSync(page ?? '')));
  expect(texts).toEqual([hex.toUpperCase()]);
  await putAway(ada);
  await ada.press('Check or print my share');
  await ada.tick('radio', 'A share card');
  const chooser = ada.page.waitForEvent('filechooser');
  await ada.press('Choose a picture of the card');
  const chosen = await chooser;
  await ada.follow(() => chosen.setFiles(page ?? ''));
  await ada.sees('It is the share you entered before');
});

test('a share card goes to the system’s print dialog from a hidden page without scripts, and a cancelled one is on record', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  await enterAtHome(ada);
  // The dialog itself can't be driven: its stand-in notes what it was given, and is cancelled.
  await running.app.evaluate(({ app }) => {
    app.once('browser-window-created', (_event, window) => {
      window.webContents.print = (options, done) => {
        const seen = {
          silent: options?.silent,
          visible: window.isVisible(),
          url: window.webContents.getURL(),
        };
        Object.assign(globalThis, { seen });
        done?.(false, 'Print job canceled');
      };
    });
  });
  await ada.press('Print the share card');
  await expect(ada.page.getByText('Nothing was printed.')).toBeVisible();
  expect(
    await running.app.evaluate(() => Object.getOwnPropertyDescriptor(globalThis, 'seen')?.value),
  ).toEqual({
    silent: false,
    visible: false,
    url: 'airlock://app/card.html',
  });
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(readFileSync(join(running.home, 'journal.jsonl'), 'utf8')).toContain(
    'the print dialog was cancelled',
  );
});

test('the groups are shown to be written down for as long as they are held, and no longer', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  await enterAtHome(ada);
  const button = ada.page.getByRole('button', { name: /Hold to read: The groups/ });
  await button.hover();
  await ada.page.mouse.down();
  await expect(ada.page.getByTestId('card')).toContainText(groups[9] ?? '');
  await shot(ada, 'by-hand');
  await ada.page.mouse.up();
  await expect(ada.page.getByTestId('card')).toBeEmpty();
});

test('a share whose code is shown to a screen that expects a message is refused by name', async ({
  start,
}) => {
  const running = await start();
  const ada = await custodianAt(running);
  const path = join(running.home, 'card.png');
  writeFileSync(path, qrPng(cardQrText(parseShare(hex))));
  const chooser = ada.page.waitForEvent('filechooser');
  await ada.press('Choose a picture or file');
  await (await chooser).setFiles(path);
  await ada.isTold(/key share in the clear/);
});

test('a share that is pasted where a message is expected stays in no field', async ({ start }) => {
  const ada = await custodianAt(await start());
  const field = ada.page.getByRole('textbox', { name: 'Text of the code' });
  for (const share of [hex, groups.join(' ')]) {
    await ada.paste(share);
    await ada.isTold(/key share in the clear/);
    await expect(field).toHaveValue('');
  }
  await ada.paste('https://example.com');
  await ada.isTold(/Airlock/);
  await expect(field).toHaveValue('https://example.com');
});

/** The first page of a PDF as a PNG, where the system can draw one. */
function pictureOf(pdf: string): string | null {
  const folder = 'test/out/custody-card';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('pdftoppm', ['-png', '-r', '110', pdf, join(folder, 'page')]);
  } catch {
    return null;
  }
  // One page: were there two, the first would be called page-01 or so too, and there would be a second.
  expect(existsSync(join(folder, 'page-2.png'))).toBe(false);
  return join(folder, 'page-1.png');
}
