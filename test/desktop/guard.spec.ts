import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ElectronApplication } from '@playwright/test';
import { displaySwitches, expect, folderOf, ownEnvironment, type Running, test, theElectron } from './launch';
import { Person } from './person';

/** The share is in memory, and its window shows so. */
async function shareInHand(running: Running): Promise<Person> {
  const ada = new Person('Ada', running.page);
  await ada.firstStart('Custodian');
  await ada.press('Enter my share');
  await ada.type('Server', 'prod-eu');
  await ada.type('Your share', `${randomBytes(32).toString('hex')}2a`);
  await ada.pressAndFollow('Check the share');
  await ada.sees(/known here from now on/);
  return ada;
}

/** The system's dialog can't be driven: its stand-in notes each question, and nobody answers it. */
const noteQuestions = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.push(JSON.stringify(args.at(-1)));
      return new Promise(() => undefined);
    };
  });

const asked = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => Object.getOwnPropertyDescriptor(globalThis, 'asked')?.value);

/** Minutes pass for the main process. */
const pass = (app: ElectronApplication, minutes: number): Promise<void> =>
  app.evaluate((_electron, more) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + more * 60_000;
  }, minutes);

test('a share in hand: quitting and closing ask first, a second start and a signal end at once', async ({
  start,
}) => {
  const running = await start();
  const { app, home } = running;
  const ada = await shareInHand(running);
  await noteQuestions(app);
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.submenu?.items.at(-1)?.click());
  await expect.poll(async () => (await asked(app)).length).toBe(1);
  // The question stands: another way to close asks no second one.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.close());
  await ada.sees(/known here from now on/);
  const [question = '', ...more] = await asked(app);
  expect(more).toEqual([]);
  expect(question).toContain('A share for “prod-eu” is entered here, and not released.');
  expect(question).toContain('has to be entered again');

  const { executable } = await theElectron();
  const second = spawn(executable, [...displaySwitches, '--no-sandbox', folderOf(), `--home=${home}`], {
    env: ownEnvironment(),
  });
  const [code] = await once(second, 'exit');
  expect(code).not.toBe(0);

  const gone = once(app.process(), 'exit');
  app.process().kill('SIGTERM');
  await gone;
});

test('a laptop that nobody uses locks itself, drops the share, and says why at the lock', async ({
  start,
}) => {
  const running = await start();
  const { app } = running;
  const ada = await shareInHand(running);
  await noteQuestions(app);
  await ada.follow(() => pass(app, 10));
  await ada.sees('Welcome back, Ada');
  await expect(ada.page.getByText(/locked itself after 10 minutes without use/)).toBeVisible();
  await expect(ada.page.getByRole('textbox', { name: 'Passphrase' })).toBeFocused();
  await ada.unlock();
  await ada.sees(/Meet the others/);
  // Nothing is in hand any more, so nothing is asked.
  const gone = once(app.process(), 'exit');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.close());
  expect((await gone)[0]).toBe(0);
});

test('an online station stays open while it shows its code, and comes back to that once it has locked itself', async ({
  start,
}) => {
  const running = await start({ program: 'online' });
  const { app } = running;
  const otto = new Person('Otto', running.page);
  await otto.firstStart('Operator');
  await otto.press('Later: go to the server');
  await otto.press('Start a rehearsal');
  await otto.sees('Introduce this station');
  await otto.press('Help');
  await otto.press(/Locking by itself/);
  await otto.page.getByLabel('This station locks itself').selectOption('after 2 minutes');
  await otto.press('Close');
  await otto.press('Make this station’s code');
  await otto.sees('Show this to the officer');
  for (let round = 0; round < 2; round++) {
    await pass(app, 1.8);
    // The code tells of itself every five seconds.
    await otto.page.waitForTimeout(6_500);
  }
  await otto.press('People');
  await otto.sees('Meet the others first');
  await otto.follow(() => pass(app, 2));
  await otto.sees('Welcome back, Otto');
  await otto.unlock();
  await otto.sees('Show this to the officer');
});

test('a window opens where it stood, in the size that it had, and no larger than the screen', async ({
  start,
}) => {
  const first = await start();
  const bounds = { x: 60, y: 40, width: 1010, height: 702 };
  const boundsOf = ({ app }: Running) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.getBounds());
  const place = ({ app }: Running, to: typeof bounds) =>
    app.evaluate(({ BrowserWindow }, at) => BrowserWindow.getAllWindows().at(-1)?.setBounds(at), to);
  await place(first, bounds);
  await expect.poll(() => boundsOf(first)).toEqual(bounds);
  await first.close();
  const second = await start({ home: first.home });
  expect(await boundsOf(second)).toEqual(bounds);
  await place(second, { x: 900, y: 700, width: 3000, height: 2000 });
  await second.page.waitForTimeout(700);
  await second.close();
  const third = await start({ home: first.home });
  const area = await third.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
  const { x = 0, y = 0, width = 0, height = 0 } = (await boundsOf(third)) ?? {};
  expect(x + width).toBeLessThanOrEqual(area.x + area.width);
  expect(y + height).toBeLessThanOrEqual(area.y + area.height);
});

test('a wrong role at the first start, and a ceremony begun by mistake, are taken back', async ({
  start,
}) => {
  const olga = new Person('Olga', (await start()).page);
  await olga.firstStart('Custodian');
  await olga.press('Wrong name or role? Start over');
  await expect(olga.page.getByRole('alertdialog')).toContainText(
    'signing key and this station’s journal are deleted',
  );
  const { page } = olga;
  await olga.press('Delete it, and start over');
  await olga.sees('Who works at this station?');
  await olga.firstStart('Officer');
  await olga.press('New rehearsal');
  await olga.press('Home');
  await olga.press(/^Remove /);
  await expect(olga.page.getByRole('alertdialog')).toContainText('Nothing of it has left this laptop');
  await olga.press('Remove it');
  await expect(olga.page.getByText('Not named yet')).toBeHidden();
  expect(page.isClosed()).toBe(true);
});
