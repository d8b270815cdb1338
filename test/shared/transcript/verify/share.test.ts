import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { digestOf, personNamed, planAgreed } from '../archive';
import { codesOf, replaced, test } from '../ceremony';

vi.setConfig({ testTimeout: 120_000 });

describe('a share', () => {
  test('counts a share for a custodian only where their own share message came in at that station before', async ({
    ceremony,
  }) => {
    const { plans } = ceremony;
    const isShare = ({ event, data }: JournalEvent) =>
      event === 'message-received' && 'type' in data && data.type === 'share';
    const named = ['no-share-message', 'quorum'];
    const unused = (events: readonly JournalEvent[]) => events.filter((event) => !isShare(event));
    expect(await ceremony.codesWith(1, unused)).toEqual(['no-share-message', 'not-received', 'quorum']);
    const after = (events: readonly JournalEvent[]) => [...unused(events), ...events.filter(isShare)];
    expect(await ceremony.codesWith(1, after)).toEqual(named);
    const peter = await personNamed('peter');
    for (const change of [{ custodian: peter.fingerprint }, { digest: digestOf('another') }]) {
      const another = replaced('share-submit-intent', (found) =>
        found.event === 'share-submit-intent' ? { ...found, data: { ...found.data, ...change } } : found,
      );
      expect(await ceremony.codesWith(1, another)).toEqual(named);
    }
    const elsewhere = plans.map((plan, i) => ({
      ...plan,
      events: i === 0 ? [...plan.events, ...plans[1].events.filter(isShare)] : plan.events,
    }));
    elsewhere[1] = { ...plans[1], events: unused(plans[1].events) };
    expect(await codesOf(elsewhere)).toEqual(named);
  });

  test('counts only custodians of the roster that was agreed', async ({ ceremony }) => {
    const people = await Promise.all(['carol', 'dave'].map((name) => personNamed(name)));
    const roster = people.map(({ name, fingerprint }) => ({ name, role: 'custodian', fingerprint }));
    const agreeing = (people: typeof roster) =>
      ceremony.codesWith(0, (events) => [planAgreed(people), ...events]);
    expect(await agreeing(roster)).toEqual([]);
    expect(await agreeing(roster.slice(1))).toEqual(['not-in-roster', 'quorum']);
    for (const role of ['witness', 'operator', 'officer']) {
      const [carol, ...others] = roster;
      if (!carol) throw new Error('nobody');
      expect(await agreeing([{ ...carol, role }, ...others])).toEqual(['not-custodian', 'quorum']);
    }
  });
});
