import { describe, expect, vi } from 'vitest';
import type { JournalEvent } from '../../../../shared/transcript/event';
import type { TranscriptFolder } from '../../../../shared/transcript/verdict';
import { verifyTranscript } from '../../../../shared/transcript/verify';
import {
  archiveOf,
  carolTwice,
  digestOf,
  NONCE,
  type Planned,
  personNamed,
  planAgreed,
  planned,
  received,
  refused,
  sent,
  startedOver,
  withdrawn,
} from '../archive';
import { adding, replaced } from '../ceremony';
import { type Outcome, test } from './shell-runs';

vi.setConfig({ testTimeout: 300_000 });

const sharesLast = (events: readonly JournalEvent[]): JournalEvent[] => {
  const isShare = ({ event, data }: JournalEvent) =>
    event === 'message-received' && 'type' in data && data.type === 'share';
  return [...events.filter((event) => !isShare(event)), ...events.filter(isShare)];
};

describe('verify.sh, of journals side by side,', () => {
  test('agrees with the program on journals that are whole and do not fit each other', async ({
    ceremony,
    runs,
  }) => {
    const { plans, folder } = ceremony;
    const withPlan = ceremony.withPlan.bind(ceremony);
    const sound: [string, Promise<TranscriptFolder>][] = [];
    const [olga, carol] = [await personNamed('olga'), await personNamed('carol')];
    const nonce = 'another-nonce';
    const cases: [string, Promise<TranscriptFolder>][] = [
      ['sent, not received', withPlan(1, adding(sent('attempt', 'second')))],
      ['received, not sent', withPlan(1, adding(received('start', 'forged', olga)))],
      [
        'as of another sender',
        withPlan(2, ({ events }) => ({
          events: events.map((event) =>
            event.event === 'message-received' ? received('attempt', 'attempt', carol) : event,
          ),
        })),
      ],
      [
        'another nonce',
        withPlan(
          0,
          adding({ event: 'token-decoded', data: { nonce, format: 's', length: 26, prefix: 's.' } }),
        ),
      ],
      ['no intent', withPlan(1, adding({ event: 'token-revoked', data: { by: 'token', proof: '403' } }))],
      ['quorum', archiveOf(carolTwice(plans))],
      ['shares that were thrown away', archiveOf(startedOver(plans, ['dave', 'dave']))],
      [
        'a share of another than its message',
        withPlan(1, ({ events }) => ({
          events: events.map((event) =>
            event.event === 'share-submit-intent'
              ? { ...event, data: { ...event.data, custodian: carol.fingerprint } }
              : event,
          ),
        })),
      ],
      ['share messages after their shares', withPlan(1, ({ events }) => ({ events: sharesLast(events) }))],
      [
        'required differs',
        withPlan(
          1,
          adding({
            event: 'attempt-joined',
            data: {
              nonce: plans[1].events.flatMap(({ data }) => ('nonce' in data ? [data.nonce] : []))[0] ?? '',
              required: 3,
              progress: 0,
            },
          }),
        ),
      ],
      [
        'nobody named, so that anybody signs',
        withPlan(3, ({ who }) => ({ who: { ...who, fingerprint: '' }, signers: [plans[1].who] })),
      ],
      ['begun by another person', withPlan(3, () => ({ begunBy: carol }))],
      ['begun by nobody', withPlan(3, ({ who }) => ({ begunBy: { ...who, fingerprint: '' } }))],
      ['ceremony', withPlan(3, () => ({ ceremony: 'ff'.repeat(16) }))],
      ['rehearsal', withPlan(3, () => ({ rehearsal: true }))],
      ['a station is missing', archiveOf(plans.slice(0, 3))],
      [
        'shares at another station than the plan says',
        withPlan(0, ({ events }) => ({
          events: events.map((event) =>
            event.event !== 'plan-agreed'
              ? event
              : planAgreed(event.data.roster.map((person) => ({ ...person, givesTo: olga.fingerprint }))),
          ),
        })),
      ],
      [
        'a copy',
        Promise.resolve({
          ...folder,
          stations: [...folder.stations, ...folder.stations.slice(0, 1).map((s) => ({ ...s, name: 'zz' }))],
        }),
      ],
    ];
    const intent = plans[1].events.find(({ event }) => event === 'share-submit-intent');
    if (!intent) throw new Error('no intent');
    for (const before of [
      [],
      [intent],
      [intent, { event: 'share-rejected', data: { reason: 'x' } } as const],
    ]) {
      const twice = plans[1].events.flatMap((event) => {
        if (event === intent) return [...before, event];
        return event.event === 'share-submitted' && !event.data.complete ? [event, event] : [event];
      });
      cases.push(['two outcomes of one share', withPlan(1, () => ({ events: twice }))]);
    }
    const answer = { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('a') } } as const;
    const firstEnds = (...outcome: JournalEvent[]) =>
      withPlan(1, () => ({
        events: plans[1].events.flatMap((event) =>
          event.event === 'share-submitted' && !event.data.complete ? outcome : [event],
        ),
      }));
    cases.push(
      ['an answer that was a refusal', firstEnds(answer, { event: 'share-rejected', data: { reason: 'x' } })],
      [
        'an answer that the attempt is another',
        firstEnds(answer, { event: 'attempt-changed', data: { expected: NONCE, found: '' } }),
      ],
    );
    sound.push(['an answer whose outcome is not on record', firstEnds(answer)]);
    sound.push(['an answer that was lost', firstEnds({ event: 'exception', data: { text: 'lost' } })]);
    const unsure = { event: 'share-rejected', data: { reason: 'not yet', unsure: true } } as const;
    sound.push(['a refusal that is not sure', firstEnds(unsure)]);
    cases.push(
      ['refused by its sender', withPlan(2, adding(sent('share', 'more'), refused('share', 'more')))],
      [
        'another one refused',
        archiveOf([
          plans[0],
          { ...plans[1], ...adding(refused('share', 'other'))(plans[1]) },
          { ...plans[2], ...adding(sent('share', 'more'))(plans[2]) },
          plans[3],
        ]),
      ],
    );
    const roster = await Promise.all([
      planned(olga, 'officer'),
      planned(plans[1].who, 'operator'),
      planned(carol, 'custodian'),
      planned(await personNamed('wanda'), 'witness'),
    ]);
    const agreeing = (...more: Planned[]) =>
      withPlan(0, ({ events }) => ({
        events: replaced('plan-agreed', () => planAgreed([...roster, ...more]))(events),
      }));
    cases.push(['not in the roster', agreeing()]);
    cases.push(['in the roster as a witness', agreeing(await planned(plans[3].who, 'witness'))]);
    const everyone = [...roster, await planned(plans[3].who, 'custodian')];
    sound.push(['everyone in the roster', withPlan(0, adding(planAgreed(everyone)))]);
    cases.push(['a plan of another journal', withPlan(1, adding(planAgreed(everyone)))]);
    cases.push([
      'no plan',
      withPlan(0, ({ events }) => ({ events: events.filter(({ event }) => event !== 'plan-agreed') })),
    ]);
    const missing = ['sent, not received', 'a station is missing', 'no plan'];
    missing.push('refused by its sender', 'another one refused');
    const opened = async (those: typeof cases) =>
      Promise.all(those.map(async ([name, changed]) => [name, await changed] as const));
    for (const [name, { code, lines }] of await runs.agreed(await opened(cases))) {
      expect([name, code, lines.some((line) => line.startsWith('FAIL '))]).toEqual([
        name,
        missing.includes(name) ? 3 : 1,
        true,
      ]);
    }
    sound.push(['shares given again', archiveOf(startedOver(plans, ['carol', 'dave']))]);
    sound.push([
      'plain values',
      withPlan(1, ({ events }) => ({
        events: events.map((event) =>
          event.event === 'share-submit-intent'
            ? { ...event, data: { ...event.data, digest: '', custodian: '' } }
            : event,
        ),
      })),
    ]);
    sound.push([
      'messages that may be of one side only',
      withPlan(0, adding(sent('identity', 'x'), sent('station', 'y'), received('signature', 'z', carol))),
    ]);
    sound.push([
      'withdrawn and refused',
      archiveOf([
        { ...plans[0], ...adding(sent('start', 'older'), withdrawn('start', 'older'))(plans[0]) },
        { ...plans[1], ...adding(refused('share', 'surplus'))(plans[1]) },
        { ...plans[2], ...adding(sent('share', 'surplus'))(plans[2]) },
        plans[3],
      ]),
    ]);
    const kept = new Map(await runs.agreed(await opened(sound)));
    for (const [name, { code }] of kept) expect([name, code]).toEqual([name, 0]);
    expect(kept.get('plain values')?.lines.filter((line) => line.startsWith('note  online'))).toEqual(
      [8, 11].map((n) => `note  online ${n}: a share came as a plain value: nothing says whose it was`),
    );
  });

  test('says first that a token was made whose revocation no journal proves, as the program does', async ({
    ceremony,
    runs,
  }) => {
    const alive = await ceremony.withPlan(1, ({ events }) => ({
      events: events.filter(({ event }) => event !== 'token-revoked'),
    }));
    const [[, outcome], [, proved]] = (await runs.agreed([
      ['alive', alive],
      ['revoked', ceremony.folder],
    ])) as [[string, Outcome], [string, Outcome]];
    const { code, lines } = outcome;
    const { findings } = await verifyTranscript(alive);
    const said = 'A root token was made, and no journal here has the proof that it was revoked.';
    expect(code).toBe(3);
    // First of all findings, by both.
    expect(lines.find((line) => line.startsWith('FAIL '))).toBe(
      `FAIL incomplete not-revoked online 12: ${said}`,
    );
    expect(findings.map(({ message }) => message)).toEqual([said]);
    expect(proved.lines.join('\n')).not.toContain(said);
  });
});
