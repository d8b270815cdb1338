import type { Preferences } from '../../../shared/ipc/preferences';
import { usePreferences } from '../preferences';
import { call } from './bridge';

/** Keys are pressed in a row: what they come to is kept once, this many milliseconds after the last. */
const pause = 300;

/** Takes this station's preferences from the main process, and gives back what a person changes. */
export async function keepPreferences(): Promise<void> {
  const answer = await call('preferences.get', {});
  if (answer.ok) usePreferences.setState(answer.value);
  let timer: number | undefined;
  usePreferences.subscribe((chosen: Preferences) => {
    window.clearTimeout(timer);
    // Where it can't be kept, what is on screen has changed all the same.
    timer = window.setTimeout(() => void call('preferences.set', { preferences: chosen }), pause);
  });
}
