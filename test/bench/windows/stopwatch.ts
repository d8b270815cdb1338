import { expect, type Page } from '@playwright/test';
import { type Cameras, type Carry, cameraOff, type Look } from '../../desktop/carry';
import type { Person } from '../../desktop/person';

/** A message that crossed from one window into another. Times in milliseconds. */
export interface Crossing {
  readonly message: string;
  readonly parts: number;
  /** What its frames need at the least: all parts, each for as long as it stands. */
  readonly least: number;
  /** From the first frame on one screen to the answer on the other. */
  readonly took: number;
}

/** Carries messages by cameras, as they are carried in tests, and takes the time. */
export class Stopwatch {
  private readonly taken: Crossing[] = [];

  /** `frame`: how long each part of a moving code stands, milliseconds. */
  constructor(
    private readonly cameras: Cameras,
    private readonly frame: number,
  ) {}

  get crossings(): readonly Crossing[] {
    return this.taken;
  }

  /** `message`: what crosses, for the table. */
  carry(message: string): Carry {
    return async (from, to, there) => {
      if (!(await to.page.getByTestId('scanner').isVisible())) await to.press(/^Use the camera/);
      // The camera is on, and what reads its frames has begun: it sees the wall.
      await expect(to.page.locator('.scan-said')).toHaveAttribute('data-sight', 'nothing');
      const parts = await partsOf(from.page);
      const answered = answeredAt(to.page);
      const look = await this.coarser(from, parts);
      const began = await startOver(from.page, parts);
      await this.cameras.hold(look, to, answered);
      this.taken.push({ message, parts, least: parts * this.frame, took: (await answered) - began });
      await there();
      // Each window stands for a machine of its own: a camera left on would slow the others.
      await cameraOff(to);
    };
  }

  /** Other parts than the usual ones are on the screen, so that the usual ones begin anew after them. */
  private async coarser(from: Person, parts: number): Promise<Look> {
    await from.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await from.page.keyboard.press('[');
    await expect.poll(() => partsOf(from.page)).not.toBe(parts);
    return this.cameras.lookAt(from);
  }
}

/** How many parts the code on the screen has; 1 where it stands still. */
async function partsOf(page: Page): Promise<number> {
  const line = (await page.locator('.code-line').first().textContent()) ?? '';
  return Number(/of (\d+)/.exec(line)?.[1] ?? 1);
}

/** Lets the code begin anew with its usual parts. Says when the first was on the screen, as `Date.now()`. */
async function startOver(page: Page, parts: number): Promise<number> {
  const began = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const box = document.querySelector('.code-box');
        if (box === null) throw new Error('no code');
        const isFirst = (): boolean => {
          const line = box.querySelector('.code-line')?.textContent ?? '';
          return wanted === 1 ? !/of \d/.test(line) : line.startsWith(`Part 1 of ${wanted}P`);
        };
        const observer = new MutationObserver(() => {
          if (!isFirst()) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(Date.now()));
        });
        observer.observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
    parts,
  );
  // Else the key may come before the watch over the code.
  await page.evaluate(() => undefined);
  await page.keyboard.press(']');
  return began;
}

/** When the window says that a message was taken, as `Date.now()`. */
const answeredAt = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const said = (): string | null | undefined =>
          document.querySelector('[data-testid=scanner] .note[role=status]')?.textContent;
        const before = said();
        const isAnswered = (): boolean =>
          document.querySelector('[data-testid=scanner]') === null || (said() ?? before) !== before;
        const observer = new MutationObserver(() => {
          if (!isAnswered()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
