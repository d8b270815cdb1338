import { expect, type Locator, type Page } from '@playwright/test';

/** How a person works a window. */
export interface Hands {
  press(page: Page, button: Locator): Promise<void>;
  type(page: Page, field: Locator, text: string): Promise<void>;
  /** A check box, or one radio button of several. */
  tick(page: Page, box: Locator): Promise<void>;
}

export const mouse: Hands = {
  press: (_page, button) => button.click(),
  type: (_page, field, text) => field.fill(text),
  tick: (_page, box) => box.check({ force: true }),
};

/** More stops than any screen has. */
const MOST_STOPS = 120;

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Goes through the window by Tab until the element has the focus. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('this can not be reached by Tab');
}

export const keyboard: Hands = {
  async press(page, button) {
    await expect(button).toBeEnabled();
    await reach(page, button);
    await page.keyboard.press('Enter');
  },
  async type(page, field, text) {
    await reach(page, field);
    await page.keyboard.press('ControlOrMeta+a');
    if (text === '') await page.keyboard.press('Delete');
    else await page.keyboard.insertText(text);
  },
  async tick(page, box) {
    if ((await box.getAttribute('type')) !== 'radio') {
      await reach(page, box);
      await page.keyboard.press('Space');
      return;
    }
    // A radio group is one stop; the arrows go through it.
    const name = (await box.getAttribute('name')) ?? '';
    const group = page.locator(`input[type=radio][name="${name}"]`);
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      const inside = await group.evaluateAll((radios) =>
        radios.some((radio) => radio === document.activeElement),
      );
      if (inside) break;
      await page.keyboard.press('Tab');
    }
    for (let step = 0; step < 10 && !(await box.isChecked()); step++) {
      if (await hasFocus(box)) await page.keyboard.press('Space');
      else await page.keyboard.press('ArrowDown');
    }
    await expect(box).toBeChecked();
  },
};
