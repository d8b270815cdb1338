import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Operator } from './airlock-command';
import { keyboard, mouse } from './hands';
import { expect, type Running, test } from './launch';
import { Person, passphrase } from './person';
import { isTokenKnown, withRealVault } from './real-vault';
import { planWith, takePicture } from './rounds';

const vault = withRealVault();
const operators: Operator[] = [];

test.afterEach(() => {
  for (const operator of operators.splice(0)) operator.close();
});

async function newOperator(name: string, station: string): Promise<Operator> {
  const operator = new Operator(name, station, vault().address);
  operators.push(operator);
  await operator.createIdentity();
  return operator;
}

/** Everyone shows their code, and everyone else takes it in and hears the six words from its owner. */
async function introduce(people: readonly Person[], operators: readonly Operator[]): Promise<void> {
  const shown: { readonly name: string; readonly code: string; readonly words: string }[] = [];
  for (const person of people) {
    shown.push({ name: person.name, code: await person.shownMessage(), words: await person.ownWords() });
  }
  for (const operator of operators) {
    const out = operator.newPath('identity.ur');
    const { words } = await operator.json(...operator.withPassphrase('identity', 'show', '--out', out));
    shown.push({ name: operator.name, code: readFileSync(out, 'utf8').trim(), words: String(words) });
  }
  for (const { name, code, words } of shown) {
    for (const person of people) if (person.name !== name) await person.meet(code, words);
    for (const operator of operators) {
      if (operator.name === name) continue;
      await operator.json(
        ...operator.withPassphrase('identity', 'add', operator.saved('identity.ur', code), '--words', words),
      );
    }
  }
}

/** The report is printed into a file, in a window that nobody sees and that is gone afterwards. */
async function reportIsSaved(app: Running['app'], officer: Person): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-report-'));
  const file = join(folder, 'report.pdf');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await officer.press('Save the report as a PDF');
  await expect(officer.page.getByText(`Saved as ${file}`)).toBeVisible();
  const text = execFileSync('pdftotext', ['-raw', file, '-']).toString();
  rmSync(folder, { recursive: true, force: true });
  for (const held of ['Re-enable OIDC', 'Findings', 'Olga', 'secret-destroyed', 'sh verify.sh'])
    expect(text).toContain(held);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
}

async function release(custodian: Person, attempt: string, share: string): Promise<string> {
  await custodian.choosePictures(attempt);
  await custodian.sees('Is this the ceremony you agreed to?');
  await takePicture(custodian, 'custodian-check');
  await custodian.press('The words match');
  await custodian.sees('Enter your share');
  await custodian.type('Your share', share.slice(0, -1));
  await custodian.press('Check the share');
  await custodian.isTold(/no key share is that/);
  // What was typed is still there, to be corrected.
  await expect(custodian.page.getByRole('textbox', { name: 'Your share' })).toHaveValue(share.slice(0, -1));
  await custodian.type('Your share', share);
  await custodian.pressAndFollow('Check the share');
  await custodian.sees('Release your share?');
  await custodian.press('Release it');
  await custodian.sees(/Carry this to/);
  await takePicture(custodian, 'custodian-release');
  return custodian.shownMessage();
}

for (const [method, hands, by] of [
  ['pgp', mouse, 'mouse'],
  ['otp', keyboard, 'keyboard alone'],
] as const) {
  test(`people at real windows make a root token on a real server (${method}, by ${by}), use it, and see it revoked`, async ({
    start,
  }) => {
    test.setTimeout(6 * 60_000);
    const [o, a, b] = [await start(), await start(), await start()];
    const officer = new Person('Olga', o.page, hands);
    const custodians = [new Person('Ada', a.page, hands), new Person('Ben', b.page, hands)] as const;
    const first = await newOperator('Otto', 'Station A');
    const second = await newOperator('Oda', 'Station B');
    await officer.firstStart('Officer');
    for (const custodian of custodians) await custodian.firstStart('Custodian');
    await introduce([officer, ...custodians], [first, second]);

    await officer.press('New ceremony');
    await officer.sees('Which server is it?');
    const introduction = first.newPath('codes');
    await first.json(...first.withPassphrase('online', 'status', '--qr', introduction));
    await officer.choosePictures(introduction);
    await officer.sees('Plan the ceremony');
    await planWith(officer, method, ['Ada', 'Ben', 'Otto', 'Oda']);
    await takePicture(officer, 'officer-plan');
    await officer.press('The plan is complete');
    await officer.sees(method === 'pgp' ? /Make the key/ : /Make the one-time password/);
    await officer.press(method === 'pgp' ? /Make the key/ : 'Make the password');
    await officer.sees('Carry this to the online station');
    await takePicture(officer, 'officer-start');
    const startMessage = await officer.shownMessage();
    await officer.press('The station has it');

    // Days may pass. The laptop is shut down, and the officer goes on where they were.
    await o.close();
    const later = await start({ home: o.home });
    officer.page = later.page;
    await officer.unlock();
    await officer.press(/Re-enable OIDC/);
    await officer.sees('Take the attempt');

    const startFile = first.saved('start.ur', startMessage);
    const attemptA = first.newPath('codes');
    const attemptFile = first.newPath('attempt.ur');
    await first.json(
      ...first.withPassphrase(
        'online',
        'start',
        '--message',
        startFile,
        '--qr',
        attemptA,
        '--out',
        attemptFile,
      ),
    );
    const attemptB = second.newPath('codes');
    await second.json(...second.withPassphrase('online', 'join', '--message', attemptFile, '--qr', attemptB));
    await officer.choosePictures(attemptA);
    await officer.sees('Take the result');

    // With an OTP the station that started must not be the one that finishes.
    const shareA = await release(custodians[0], attemptA, vault().shares[0] ?? '');
    await first.json(
      ...first.withPassphrase('online', 'submit', '--message', first.saved('share.ur', shareA)),
    );
    const shareB = await release(custodians[1], attemptB, vault().shares[2] ?? '');
    const result = second.newPath('codes');
    await second.json(
      ...second.withPassphrase(
        'online',
        'submit',
        '--message',
        second.saved('share.ur', shareB),
        '--qr',
        result,
      ),
    );

    await officer.choosePictures(result);
    await officer.sees('Decode the result');
    await officer.type('Your passphrase', 'not the passphrase');
    await officer.press(/^Decode/);
    await officer.isTold(/passphrase/i);
    await officer.type('Your passphrase', passphrase);
    await officer.pressAndFollow(/^Decode/);
    await officer.sees('A root token exists');
    await takePicture(officer, 'officer-decode');
    await expect(officer.page.getByTestId('token')).toBeEmpty();
    await officer.page.keyboard.down('r');
    await expect(officer.page.getByTestId('token')).not.toBeEmpty();
    const token = (await officer.page.getByTestId('token').textContent()) ?? '';
    await officer.page.keyboard.up('r');
    await expect(officer.page.getByTestId('token')).toBeEmpty();
    expect(await isTokenKnown(vault().address, token)).toBe(true);

    await second.json(
      ...second.withPassphrase('online', 'revoke', '--token-file', second.saved('token.txt', token)),
    );
    expect(await isTokenKnown(vault().address, token)).toBe(false);
    // A window that has shown a secret is replaced by a new one, in a new process.
    await officer.pressAndFollow('It is revoked');
    await officer.sees(/^Destroy the/);
    await officer.press(/^Destroy the/);
    await officer.press('Destroy it now');
    await officer.sees('Sign off');
    await officer.press('Close and sign');
    await officer.sees('Signed. Let the others sign too');
    await takePicture(officer, 'officer-signed');
    await reportIsSaved(later.app, officer);

    // The officer's laptop lets no file out: a custodian's takes the journal off its screen.
    await officer.press('No file may leave: show the journal');
    await officer.sees('Let another station take your journal');
    const journal = await officer.shownMessage();
    await officer.press('They have it');
    await officer.sees('Signed. Let the others sign too');
    const [ada] = custodians;
    await ada.press('The station has it');
    await ada.press('Close and sign');
    await ada.sees('Signed. Let the others sign too');
    await ada.paste(journal);
    await expect(
      ada.page.getByText(/^The journal of officer Olga as its checkpoint closes it: \d+ lines/),
    ).toBeVisible();
    await expect(ada.page.getByText('the journals of officer Olga')).toBeVisible();
  });
}
