import { describe, expect, test } from 'vitest';
import { IdleLock } from '../../../main/station/idle-lock';
import { standardPreferences } from '../../../shared/ipc/preference-choices';
import type { Preferences } from '../../../shared/ipc/preferences';

const MINUTE = 60_000;

/** A station that is unlocked, its lock, and a clock that a test moves. */
function guarded(lockAfter: Preferences['lockAfter'] = 10) {
  const world = { now: 5_000_000, unlocked: true, locked: [] as number[], use: (): void => undefined };
  const lock = new IdleLock(
    {
      get isUnlocked() {
        return world.unlocked;
      },
      preferences: { ...standardPreferences, lockAfter },
      onUse: (listener) => {
        world.use = listener;
      },
    },
    (minutes) => {
      world.unlocked = false;
      world.locked.push(minutes);
    },
    () => world.now,
  );
  const pass = (milliseconds: number): void => {
    world.now += milliseconds;
    lock.look();
  };
  return { world, lock, pass };
}

describe('a station that nobody uses', () => {
  test('locks itself after the minutes that were chosen, and not before', () => {
    const { world, pass } = guarded(5);
    pass(5 * MINUTE - 1);
    expect(world.locked).toEqual([]);
    pass(1);
    expect(world.locked).toEqual([5]);
    pass(60 * MINUTE);
    expect(world.locked).toEqual([5]);
  });

  test('counts anew from each use', () => {
    const { world, pass } = guarded();
    pass(9 * MINUTE);
    world.use();
    pass(9 * MINUTE);
    expect(world.locked).toEqual([]);
    pass(MINUTE);
    expect(world.locked).toEqual([10]);
  });

  test('counts anew from its unlocking', () => {
    const { world, pass } = guarded();
    world.unlocked = false;
    pass(60 * MINUTE);
    world.unlocked = true;
    pass(9 * MINUTE);
    expect(world.locked).toEqual([]);
  });

  test('stays open where that was chosen', () => {
    const { world, pass } = guarded(null);
    pass(24 * 60 * MINUTE);
    expect(world.locked).toEqual([]);
  });

  test('stays open while it works on something, and counts from the end of that', async () => {
    const { world, lock, pass } = guarded();
    let end = (): void => undefined;
    const { work } = lock.whileRunning({
      work: () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    });
    const done = work();
    pass(60 * MINUTE);
    expect(world.locked).toEqual([]);
    end();
    await done;
    pass(10 * MINUTE - 1);
    expect(world.locked).toEqual([]);
    pass(1);
    expect(world.locked).toEqual([10]);
  });

  test('stays open no longer because its clock was set back', () => {
    const { world, pass } = guarded();
    pass(-60 * MINUTE);
    pass(10 * MINUTE);
    expect(world.locked).toEqual([10]);
  });
});
