import { beginRehearsal } from './bridge';
import { keyboard } from './hands';
import { expect, test } from './launch';
import { Looks } from './looks';
import { Person } from './person';

test('a witness follows a ceremony in the middle: sees its lines in words, notes a deviation, signs, and the station keeps that', async ({
  start,
}) => {
  test.setTimeout(240_000);
  const looks = new Looks();
  const [office, laptop] = [await start(), await start()];
  const olga = new Person('Olga', office.page);
  const wanda = new Person('Wanda', laptop.page, keyboard);
  await olga.firstStart('Officer');
  await wanda.firstStart('Witness');
  const [own, hers] = [await olga.shownMessage(), await wanda.shownMessage()];
  const [ownWords, herWords] = [await olga.ownWords(), await wanda.ownWords()];
  await olga.meet(hers, herWords);
  await wanda.meet(own, ownWords);
  await beginRehearsal(olga.page, { threshold: 2, shares: 3 });

  await olga.press('Show to a witness');
  await olga.sees('Show your journal to a witness');
  await looks.at(office, olga.page);
  const journal = await olga.shownMessage();

  await wanda.paste(journal);
  await expect(wanda.page.getByText(/The journal of .* so far: \d+ lines/)).toBeVisible();
  await looks.at(laptop, wanda.page, 'one followed');
  const standing = async (step: string): Promise<void> =>
    expect(wanda.page.getByRole('navigation').locator('[aria-current=step]')).toContainText(step);
  await standing('Follow the stations');
  await wanda.press(/^Look at/);
  await wanda.sees(/What is on record at/);
  await standing('Read it, and sign');
  await expect(wanda.page.getByText('Crossed without a signature, coming in: server facts')).toBeVisible();

  await wanda.press('Note a deviation');
  await wanda.type('What happened', 'The bag of the laptop had no seal; the officer opened it before us.');
  await wanda.page.getByRole('combobox', { name: 'About which line' }).selectOption('1');
  await looks.at(laptop, wanda.page);
  await wanda.press('Note it');
  await expect(wanda.page.getByText('Line 1: The bag of the laptop had no seal')).toBeVisible();
  await wanda.press(/^Sign for \d+ lines$/);
  await wanda.sees(/Show what you signed/);
  await standing('Show what you signed');
  await looks.at(laptop, wanda.page);
  const statement = await wanda.shownMessage();
  await wanda.press('They have it');
  await expect(wanda.page.getByText('signed up to here')).toBeVisible();
  await standing('Take its journal');

  await olga.paste(statement);
  await expect(
    olga.page.getByText(/Wanda has witnessed the first \d+ lines of .*, and noted one deviation/),
  ).toBeVisible();
  await olga.press('Back to the ceremony');

  // The next code brings what came since.
  await olga.press('Show to a witness');
  await wanda.press('Back');
  await wanda.paste(await olga.shownMessage());
  await expect(wanda.page.getByText(/new lines, and those before are as you saw them/)).toBeVisible();
  await wanda.press(/^Look at/);
  await expect(wanda.page.getByText('New:').first()).toBeVisible();
  await looks.at(laptop, wanda.page, 'with new lines');
  expect(looks.wrong).toEqual([]);
});
