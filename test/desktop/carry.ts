import { setTimeout as after } from 'node:timers/promises';
import { type Luma, lumaOf } from '../../shared/qr/luma';
import { Eyes } from './eyes';
import type { Hands } from './hands';
import type { LaunchOptions, Running } from './launch';
import { Person } from './person';

/** Takes the message on the screen of one person to the window of another. `there`: it has arrived. */
export type Carry = (from: Person, to: Person, there: () => Promise<unknown>) => Promise<void>;

/** As text, pasted. */
export const byPaste: Carry = async (from, to, there) => {
  await to.paste(await from.shownMessage());
  await there();
};

/** Milliseconds between two looks at the other screen: some for each part that it shows. */
const lookEvery = 30;

/** One look at the code on somebody's screen. */
export type Look = () => Promise<Luma>;

/**
 * The camera goes off where it is on: one that waits for several messages stays on by itself. Behind a
 * question it is let be.
 */
export async function cameraOff(person: Person): Promise<void> {
  const stop = person.page.getByRole('button', { name: /^Stop the camera/ });
  if (!(await stop.isVisible())) return;
  const isBehind = await stop.evaluate((button) => button.closest('[inert]') !== null);
  if (!isBehind) await person.press(/^Stop the camera/);
}

interface Seat {
  readonly running: Running;
  readonly eyes: Eyes;
}

/** People whose windows have cameras, which look at the windows of the others. */
export class Cameras {
  private readonly seats = new Map<Person, Seat>();

  constructor(private readonly start: (options?: LaunchOptions) => Promise<Running>) {}

  /** Someone at a window of their own. */
  async seat(name: string, options: LaunchOptions = {}, hands?: Hands): Promise<Person> {
    const eyes = new Eyes();
    const running = await this.start({ ...options, args: [...(options.args ?? []), ...eyes.switches] });
    const person = new Person(name, running.page, hands);
    this.seats.set(person, { running, eyes });
    return person;
  }

  runningOf(person: Person): Running {
    return this.seatOf(person).running;
  }

  /**
   * The screen of one is held to the camera of the other, as it moves, until the message is there. A camera
   * that is on stays on.
   */
  readonly carry: Carry = async (from, to, there) => {
    if (!(await to.page.getByTestId('scanner').isVisible())) await to.press(/^Use the camera/);
    await this.hold(await this.lookAt(from), to, there());
  };

  /** The camera of someone sees what is looked at, as it moves, until `until`; then the wall. */
  async hold(look: Look, to: Person, until: Promise<unknown>): Promise<void> {
    const { eyes } = this.seatOf(to);
    let over = false;
    const ended = until.finally(() => {
      over = true;
    });
    // Awaited below. What it throws must not end the process while a picture is being taken.
    ended.catch(() => undefined);
    while (!over) {
      const begun = performance.now();
      eyes.see(await look());
      await after(Math.max(0, lookEvery - (performance.now() - begun)));
    }
    eyes.see(null);
    await ended;
  }

  /** What takes pictures of the code in someone's window, as Electron draws it. */
  async lookAt(person: Person): Promise<Look> {
    const code = person.page.getByTestId('code-out');
    // Electron draws what is inside the window, no more.
    await code.scrollIntoViewIfNeeded();
    const box = await code.boundingBox();
    if (box === null) throw new Error(`there is no code on the screen of ${person.name}`);
    const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
    const { app } = this.seatOf(person).running;
    return async () => {
      const shot = await app.evaluate(
        async ({ BrowserWindow }, rect) => {
          const picture = await BrowserWindow.getAllWindows().at(0)?.webContents.capturePage(rect);
          return { ...picture?.getSize(), pixels: picture?.toBitmap().toString('base64') ?? '' };
        },
        { x, y, width, height } as Electron.Rectangle,
      );
      // Blue and red are exchanged in it, which black and white don't mind.
      return lumaOf(Buffer.from(shot.pixels, 'base64'), shot.width ?? 0, shot.height ?? 0);
    };
  }

  close(): void {
    for (const { eyes } of this.seats.values()) eyes.close();
    this.seats.clear();
  }

  private seatOf(person: Person): Seat {
    const seat = this.seats.get(person);
    if (seat === undefined) throw new Error(`${person.name} sits at no window with a camera`);
    return seat;
  }
}
