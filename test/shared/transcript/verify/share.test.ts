import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import { digestOf, type Planned, personNamed, planAgreed, planned } from '../archive';
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
    for (const [change, codes] of [
      [{ custodian: peter.fingerprint }, ['no-share-message', 'not-custodian', 'quorum']],
      [{ digest: digestOf('another') }, named],
    ] as const) {
      const another = replaced('share-submit-intent', (found) =>
        found.event === 'share-submit-intent' ? { ...found, data: { ...found.data, ...change } } : found,
      );
      expect(await ceremony.codesWith(1, another)).toEqual(codes);
    }
    const elsewhere = plans.map((plan, i) => ({
      ...plan,
      events: i === 0 ? [...plan.events, ...plans[1].events.filter(isShare)] : plan.events,
    }));
    elsewhere[1] = { ...plans[1], events: unused(plans[1].events) };
    expect(await codesOf(elsewhere)).toEqual(named);
  });

  test('counts only custodians of the roster that was agreed', async ({ ceremony }) => {
    const named = async (name: string, role: string) => planned(await personNamed(name), role);
    const others = await Promise.all([
      named('olga', 'officer'),
      named('peter', 'operator'),
      named('dave', 'custodian'),
      named('wanda', 'witness'),
    ]);
    const agreeing = (...people: Planned[]) =>
      ceremony.codesWith(0, (events) =>
        replaced('plan-agreed', () => planAgreed([...others, ...people]))(events),
      );
    expect(await agreeing(await named('carol', 'custodian'))).toEqual([]);
    expect(await agreeing()).toEqual(['not-in-roster', 'quorum', 'stranger', 'unknown-key']);
    for (const role of ['operator', 'officer', 'observer']) {
      expect(await agreeing(await named('carol', role))).toEqual(['not-custodian', 'quorum']);
    }
    expect(await agreeing(await named('carol', 'witness'))).toContain('not-custodian');
  });

  test('went where the officer’s plan says, or an amendment in the officer’s own journal', async ({
    ceremony,
  }) => {
    const [olga, peter, carol] = await Promise.all(
      ['olga', 'peter', 'carol'].map((name) => personNamed(name)),
    );
    if (!olga || !peter || !carol) throw new Error('three people');
    const step = { reserve: carol.fingerprint, insteadOf: olga.fingerprint, givesTo: peter.fingerprint };
    const amended: JournalEvent = { event: 'plan-amended', data: { number: 1, steps: [step] } };
    const giving = (carols: string | undefined, at: number, ...more: JournalEvent[]) =>
      ceremony.codesWith(at, (events) => [
        ...events.map((event) =>
          event.event !== 'plan-agreed'
            ? event
            : {
                ...event,
                data: {
                  ...event.data,
                  roster: event.data.roster.map((person) =>
                    person.role !== 'custodian'
                      ? person
                      : person.fingerprint !== carol.fingerprint
                        ? { ...person, givesTo: peter.fingerprint }
                        : carols === undefined
                          ? person
                          : { ...person, givesTo: carols },
                  ),
                },
              },
        ),
        ...more,
      ]);
    expect(await giving(peter.fingerprint, 0)).toEqual([]);
    expect(await giving(olga.fingerprint, 0)).toEqual(['gives-elsewhere']);
    expect(await giving(undefined, 0)).toEqual(['gives-elsewhere']);
    expect(await giving(undefined, 0, amended)).toEqual([]);
  });
});
