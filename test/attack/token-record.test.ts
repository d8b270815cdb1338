import { describe, expect, vi } from 'vitest';
import { add } from '../../main/archive/addition';
import { ceremonyDetail } from '../../main/archive/ceremony';
import { ceremonyFiles } from '../../main/archive/export';
import { tokenLives } from '../../main/archive/page/token-lives';
import type { Place } from '../../main/archive/place/place';
import { listCeremonies } from '../../main/archive/query';
import { reportOf } from '../../main/archive/report';
import type { JournalEvent } from '../../shared/transcript/event';
import { test as archiveTest, idOf, stationsOf, writeTranscript } from '../main/archive/fixtures';
import { digestOf, NONCE, type Plan, received, sent } from '../shared/transcript/archive';
import { adding, replaced, without } from '../shared/transcript/ceremony';

// Whoever runs one station can leave lines out of its journal, or write false ones. What an archive, the
// verification and the report then say has to be what is on record, and by whose word.
vi.setConfig({ testTimeout: 120_000 });

const ACCESSOR = 'hmnDbGGxc3v8AQt0Xbq5vTkF';
const revoked = (by: 'accessor' | 'token', accessor = ACCESSOR): JournalEvent => ({
  event: 'token-revoked',
  data: { by, proof: 'lookup says 403', accessor },
});
const opened: JournalEvent = {
  event: 'token-opened',
  data: { digest: digestOf('handoff'), accessor: ACCESSOR, differs: '' },
};
const lookedUp: JournalEvent = {
  event: 'token-looked-up',
  data: { by: 'accessor', accessor: ACCESSOR, policies: ['root'], ttl: 0 },
};
type Stations = [officer: Plan, online: Plan, carol: Plan, dave: Plan];
const changed = (plan: Plan, change: (plan: Plan) => Partial<Plan>): Plan => ({ ...plan, ...change(plan) });
const events = (plan: Plan, change: (events: readonly JournalEvent[]) => readonly JournalEvent[]): Plan => ({
  ...plan,
  events: change(plan.events),
});

/** What all who answer for it say of one ceremony in an archive. */
interface Said {
  readonly life: Awaited<ReturnType<typeof tokenLives>>['lives'][number] | undefined;
  /** Whether a search for tokens whose end isn't on record finds it. */
  readonly isOpen: boolean;
  readonly findings: readonly string[];
  readonly report: string;
}

const test = archiveTest.extend<{
  stations: Stations;
  /** The same, in which the officer hands the token over to Peter's station, which revokes it. */
  handedOver: Stations;
  said: (stations: readonly Plan[]) => Promise<Said>;
  place: Place;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  stations: async ({}, use) => use((await stationsOf(idOf(1))) as Stations),
  handedOver: async ({ stations: [officer, online, carol, dave] }, use) =>
    use([
      changed(
        officer,
        adding(sent('handoff', 'handoff'), received('outcome', 'outcome', online.who), {
          event: 'revocation-reported',
          data: { outcome: digestOf('outcome'), by: 'online' },
        }),
      ),
      changed(events(online, without('revoke-intent', 'token-revoked')), (plan) =>
        adding(
          received('handoff', 'handoff', officer.who),
          opened,
          { event: 'revoke-intent', data: { by: 'token', accessor: ACCESSOR } },
          revoked('token'),
          sent('outcome', 'outcome'),
        )(plan),
      ),
      carol,
      dave,
    ]),
  place: async ({ at, open }, use) => use(await open(at('archive'))),
  said: async ({ place, at, author }, use) =>
    use(async (stations) => {
      await add(place, await writeTranscript(at('handed in'), stations), author.archivist, author.clock);
      const all = { rehearsals: true };
      return {
        life: (await tokenLives(place, all, 10, null)).lives[0],
        isOpen: (await listCeremonies(place, { notRevoked: true }, { limit: 10 })).length > 0,
        findings: (await ceremonyDetail(place, idOf(1))).findings.map(({ code }) => code),
        report: await reportOf(await ceremonyFiles(place, idOf(1), null)),
      };
    }),
});

const holder = (name: string, role: string, isOpened = true) => ({ name, role, opened: isOpened });
const olga = holder('olga', 'officer');

describe('a station to which the token was handed over', () => {
  test('that writes all that it has to is named as who had it, and its end is its word', async ({
    said,
    handedOver,
  }) => {
    const { life, isOpen, findings, report } = await said(handedOver);
    expect(life).toMatchObject({
      holders: [olga, holder('peter', 'operator')],
      tellers: [{ name: 'peter', role: 'operator' }],
    });
    expect([isOpen, findings]).toEqual([false, []]);
    expect(report).toContain('By the word of online, by the token itself');
  });

  test('and that leaves out that it opened it, had it by its other lines', async ({ said, handedOver }) => {
    const [officer, online, ...others] = handedOver;
    const { life } = await said([officer, events(online, without('token-opened')), ...others]);
    expect(life?.holders).toEqual([olga, holder('peter', 'operator')]);
  });

  test('and that says it revoked by the accessor, as if it had never opened it, was handed it by the officer’s journal', async ({
    said,
    handedOver,
  }) => {
    const [officer, online, ...others] = handedOver;
    const lying = (given: readonly JournalEvent[]) =>
      replaced('token-revoked', () => revoked('accessor'))(
        without(
          'token-opened',
          'revoke-intent',
        )(given).filter(({ data }) => !('digest' in data && data.digest === digestOf('handoff'))),
      );
    const { life, findings } = await said([officer, events(online, lying), ...others]);
    expect(life?.holders).toEqual([olga, holder('peter', 'operator', false)]);
    // The handoff went out and came nowhere; so the verdict is not proven.
    expect(findings).toContain('not-received');
  });

  test('and that never writes nor says anything of it again: the handoff is missed, and the token is not proved to have ended', async ({
    said,
    handedOver,
  }) => {
    const [officer, online, ...others] = handedOver;
    const silent = online.events.slice(
      0,
      online.events.findIndex(({ event }) => event === 'token-opened') - 1,
    );
    const heard = officer.events.slice(0, -2);
    const { life, isOpen, findings } = await said([
      { ...officer, events: heard },
      { ...online, events: silent },
      ...others,
    ]);
    expect(findings).toEqual(expect.arrayContaining(['not-revoked', 'not-received']));
    expect(isOpen).toBe(true);
    expect(life).toMatchObject({
      holders: [olga],
      died: '',
      tellers: [],
      ceremony: { verdict: 'incomplete' },
    });
  });
});

describe('a station that says of a token that it was revoked', () => {
  test('is named wherever that is said, since nobody else can know', async ({ said, stations }) => {
    const { life, report } = await said(stations);
    expect(life).toMatchObject({ tellers: [{ name: 'peter', role: 'operator' }], seconds: 4 });
    expect(report).toContain('By the word of online, by its accessor: lookup says 403');
  });

  test('is not believed where another found the token alive later: no time stands there', async ({
    said,
    stations: [officer, online, carol, dave],
  }) => {
    const lying = events(
      online,
      replaced('token-revoked', () => revoked('accessor')),
    );
    const later = changed(dave, adding(lookedUp));
    const found = { ...later, begins: Date.parse('2026-05-01T10:00:00Z') };
    const { life } = await said([officer, lying, carol, found]);
    expect(life).toMatchObject({ died: '', seconds: null, tellers: [{ name: 'peter' }] });
  });

  test('at an earlier time than the station that did it makes its life no shorter', async ({
    said,
    place,
    stations: [officer, online, carol, dave],
  }) => {
    const honest = events(
      online,
      replaced('token-revoked', () => revoked('accessor')),
    );
    const lying = {
      ...changed(carol, adding(revoked('accessor'))),
      begins: Date.parse('2026-05-01T09:00:08Z'),
    };
    const { life, isOpen } = await said([officer, honest, lying, dave]);
    expect(life).toMatchObject({ made: '2026-05-01T09:00:11.000Z', died: '2026-05-01T09:00:15.000Z' });
    expect(life?.tellers.map(({ name }) => name)).toEqual(['carol', 'peter']);
    expect(isOpen).toBe(false);
    const asked = { from: '2026-05-01T09:00:14.000Z', rehearsals: true };
    expect((await tokenLives(place, asked, 10, null)).count).toBe(1);
  });

  test('twice, to hide that of two tokens one is alive, hides nothing', async ({
    said,
    stations: [officer, online, carol, dave],
  }) => {
    const [first] = online.events.filter(({ event }) => event === 'answer-received');
    if (first === undefined) throw new Error('an answer came');
    const lost: JournalEvent = {
      event: 'answer-lost',
      data: { nonce: NONCE.replace('2dbd', '3dbd'), what: 'the connection closed' },
    };
    const twice = changed(
      events(
        online,
        replaced('token-revoked', () => revoked('accessor')),
      ),
      adding(lost, revoked('accessor')),
    );
    const { life, isOpen, findings, report } = await said([officer, twice, carol, dave]);
    expect(findings).toContain('not-revoked');
    expect([isOpen, life?.died]).toEqual([true, '']);
    expect(report).toContain('A root token may still be alive');
  });
});
