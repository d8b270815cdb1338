// A program's window as a person has it: by its title, the keyboard, and nothing else. A packaged app lets
// nobody look into it.
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a window may take to show what is waited for, on a machine that is busy. */
const PATIENCE_MS = 60_000;

/** The window of a program on a display of its own. */
export class Window {
  /** @param {string} display */
  constructor(display) {
    this.display = display;
  }

  /** @param {string[]} args */
  xdotool(...args) {
    const env = { ...process.env, DISPLAY: this.display };
    return spawnSync('xdotool', args, { env, encoding: 'utf8' }).stdout.trim();
  }

  /** What its title says, '' where there is no window. */
  title() {
    return this.xdotool('search', '--onlyvisible', '--name', '.', 'getwindowname').split('\n').at(-1) ?? '';
  }

  /**
   * Waits until a step is on the screen, by its title. Throws an Error with the one that is there instead.
   * @param {string} title
   * @param {() => string} [besides] what else may tell why it isn't
   */
  async shows(title, besides = () => '') {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(200)) {
      if (!this.title().startsWith(title)) continue;
      // A step's window may be a new one, and no window manager gives it the keyboard.
      this.xdotool('search', '--onlyvisible', '--name', '.', 'windowfocus');
      await pause(1000);
      return;
    }
    throw new Error(`The window says “${this.title()}”, and not “${title}”.\n${besides()}`);
  }

  /** @param {...string} keys as xdotool names them */
  press(...keys) {
    for (const key of keys) this.xdotool('key', key);
  }

  /** The same key several times. @param {string} key @param {number} times */
  pressOften(key, times) {
    for (let time = 0; time < times; time++) this.press(key);
  }

  /** @param {string} text */
  type(text) {
    this.xdotool('type', '--delay', '80', text);
  }
}
