import { describe, expect } from 'vitest';
import { passphrase, surroundings, test } from './fixtures';

describe('a laptop that was locked', () => {
  test('opens again at the ceremony where its person stood', async ({ plannedByHand }) => {
    const { station, id } = await plannedByHand('pgp');
    station.lock();
    expect(station.state(surroundings).ceremony).toBeNull();
    await station.unlock(passphrase);
    expect(station.state(surroundings).ceremony).toMatchObject({ id, step: 'key' });
  });

  test('says after how many minutes it locked itself, until it is opened', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    station.lock(10);
    expect(station.state(surroundings)).toMatchObject({ lockedAfter: 10, identity: { unlocked: false } });
    await expect(station.unlock('not the passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(station.state(surroundings).lockedAfter).toBe(10);
    await station.unlock(passphrase);
    expect(station.state(surroundings).lockedAfter).toBeNull();
  });

  test('that its person locked says nothing of minutes', async ({ plannedByHand }) => {
    const { station } = await plannedByHand('pgp');
    station.lock();
    expect(station.state(surroundings).lockedAfter).toBeNull();
  });

  test('holds no share any more', async ({ newStation }) => {
    const station = await newStation('Ada', 'custodian');
    await station.custody.enter({ kind: 'text', text: `${'ab'.repeat(32)}01` }, 'prod-eu');
    expect(station.custody.holdsShare).toBe(true);
    station.lock(10);
    expect(station.custody.holdsShare).toBe(false);
  });
});
