import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

import { UrReader, urText } from '../../shared/qr/ur';
import { type Hands, mouse } from './hands';
import { readScreen } from './read-screen';

export const passphrase = 'a passphrase of the tests';

/** Someone at a window of the app, who does what a person does: reads, types, clicks, shows codes. */
export class Person {
  /** What a test looks at on each screen that this person comes to. */
  onScreen: ((person: Person) => Promise<void>) | null = null;

  constructor(
    readonly name: string,
    public page: Page,
    private readonly hands: Hands = mouse,
  ) {}

  /**
   * Presses a button after which the window is replaced, because a secret was in it
   * (main/desktop/renewal.ts), and goes on in the new one.
   */
  pressAndFollow(name: string | RegExp): Promise<void> {
    return this.follow(() => this.press(name));
  }

  /** As `pressAndFollow`, after anything else that hands a secret over. */
  async follow(action: () => Promise<void>): Promise<void> {
    const fresh = this.page.context().waitForEvent('page');
    await action();
    this.page = await fresh;
    await this.page.waitForLoadState('load');
  }

  async firstStart(role: 'Officer' | 'Custodian' | 'Witness' | 'Operator'): Promise<void> {
    await this.type('Your name', this.name);
    // At an online station there is no other.
    if (role !== 'Operator') await this.tick('radio', role);
    await this.type('Passphrase', passphrase);
    await this.type('Passphrase again', passphrase);
    await this.onScreen?.(this);
    await this.pressAndFollow('Make my identity');
    await expect(this.page.getByTestId('code-out')).toBeVisible();
    await this.onScreen?.(this);
  }

  async unlock(): Promise<void> {
    await this.type('Passphrase', passphrase);
    await this.pressAndFollow('Unlock');
  }

  press(name: string | RegExp): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
    return this.hands.press(this.page, button);
  }

  type(label: string, text: string): Promise<void> {
    return this.hands.type(this.page, this.page.getByRole('textbox', { name: label, exact: true }), text);
  }

  tick(role: 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
    return this.hands.tick(this.page, this.page.getByRole(role, { name }));
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
    await this.type('Text of the code', text);
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
    await this.onScreen?.(this);
    await this.press('The words match');
    await expect(this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'))).toBeHidden();
  }

  /** An inline error says this. */
  async isTold(what: RegExp): Promise<void> {
    await expect(this.page.locator('.problem[role=alert]').filter({ hasText: what })).toBeVisible();
    await this.onScreen?.(this);
  }

  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible({
      timeout: 30_000,
    });
    await this.onScreen?.(this);
  }
}
