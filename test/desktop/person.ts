import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

import { UrReader, urText } from '../../shared/qr/ur';
import { readScreen } from './read-screen';

export const passphrase = 'a passphrase of the tests';

/** Someone at a window of the app, who does what a person does: reads, types, clicks, shows codes. */
export class Person {
  constructor(
    readonly name: string,
    public page: Page,
  ) {}

  async firstStart(role: 'Officer' | 'Custodian' | 'Witness'): Promise<void> {
    const { page } = this;
    await page.getByLabel('Your name').fill(this.name);
    await page.getByRole('radio', { name: role }).check({ force: true });
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase);
    await page.getByRole('textbox', { name: 'Passphrase again' }).fill(passphrase);
    await this.press('Make my identity');
    await expect(page.getByTestId('code-out')).toBeVisible();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }

  /** The message in the code that this window shows, as UR text: read from screenshots, as a camera would. */
  async shownMessage(): Promise<string> {
    const code = this.page.getByTestId('code-out');
    await expect(code.locator('svg, canvas, img').first()).toBeVisible();
    const reader = new UrReader();
    for (let shot = 0; shot < 400; shot++) {
      for (const text of await readScreen(new Uint8Array(await code.screenshot()))) {
        const received = reader.receive(text);
        if (received.status === 'complete') return urText(received.bytes);
      }
    }
    throw new Error(`the code in ${this.name}'s window could not be read`);
  }

  /** Pictures of codes, chosen as files in this window. */
  async choosePictures(folder: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.press('Choose a picture or file');
    await (await chooser).setFiles(
      readdirSync(folder)
        .filter((name) => name.endsWith('.png'))
        .map((name) => join(folder, name)),
    );
  }

  /** UR text, pasted into the field for it. */
  async paste(text: string): Promise<void> {
    await this.page.getByLabel('Text of the code').fill(text);
    await this.press('Take it in');
  }

  /** The six words that this person reads out to the others. */
  async ownWords(): Promise<string> {
    const text = (await this.page.locator('.words').first().textContent()) ?? '';
    return text.replace(/Aa$/, '').trim();
  }

  async meet(message: string, words: string): Promise<void> {
    await this.paste(message);
    await expect(this.page.locator('.words', { hasText: words }).first()).toBeVisible();
    await expect(this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'))).toBeVisible();
    await this.press('The words match');
    await expect(this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'))).toBeHidden();
  }

  /** An inline error says this. */
  async isTold(what: RegExp): Promise<void> {
    await expect(this.page.locator('.problem[role=alert]').filter({ hasText: what })).toBeVisible();
  }

  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible({
      timeout: 30_000,
    });
  }
}
