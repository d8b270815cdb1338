import { utf8 } from '@scure/base';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { JournalEvent } from '../../../shared/transcript/event';
import { eventWords } from '../../../shared/transcript/event-words';
import type { TranscriptFolder } from '../../../shared/transcript/report';
import { verifyTranscript } from '../../../shared/transcript/verify';
import {
  archiveOf,
  carolTwice,
  ceremonyPlans,
  digestOf,
  journalOf,
  NONCE,
  type Plan,
  personNamed,
  planAgreed,
  received,
  refused,
  sent,
  startedOver,
  withdrawn,
} from './archive';

vi.setConfig({ testTimeout: 120_000 });

let plans: [Plan, Plan, Plan, Plan];
let folder: TranscriptFolder;

beforeAll(async () => {
  plans = await ceremonyPlans();
  folder = await archiveOf(plans);
});

/** The codes found where one station wrote other events than in the ceremony that went well. */
async function codesWith(
  station: 0 | 1 | 2 | 3,
  change: (events: readonly JournalEvent[]) => readonly JournalEvent[],
  rest: Partial<Plan> = {},
): Promise<string[]> {
  const changed = plans.map((plan, i) =>
    i === station ? { ...plan, events: change(plan.events), ...rest } : plan,
  );
  return codesOf(changed);
}

async function codesOf(changed: readonly Plan[]): Promise<string[]> {
  const report = await verifyTranscript(await archiveOf(changed));
  expect(report.ok).toBe(report.findings.length === 0);
  return [...new Set(report.findings.map(({ code }) => code))].sort();
}

const without =
  (...unwanted: readonly JournalEvent['event'][]) =>
  (events: readonly JournalEvent[]) =>
    events.filter(({ event }) => !unwanted.includes(event));

const replaced =
  (event: JournalEvent['event'], by: (found: JournalEvent) => JournalEvent) =>
  (events: readonly JournalEvent[]) =>
    events.map((found) => (found.event === event ? by(found) : found));

describe('a transcript of a ceremony that went well', () => {
  test('verifies, and names who signed what', async () => {
    const report = await verifyTranscript(folder);
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.rehearsal).toBe(false);
    expect(report.stations.map(({ lines, signers }) => [lines, signers])).toEqual([
      [7, ['olga', 'carol']],
      [16, ['peter']],
      [4, ['carol']],
      [4, ['dave']],
    ]);
  });

  test('shows the exceptions in it without failing for them', async () => {
    const { notes } = await verifyTranscript(folder);
    expect(notes).toEqual([
      { station: plans[0].station, line: 7, message: 'exception: The door stood open for a minute.' },
    ]);
  });
});

describe('a journal that was changed', () => {
  test('fails, whichever byte was changed, and the line that is named holds that byte', async () => {
    const bytes = folder.stations.map(({ journal }) => journal.length);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }).chain((s) =>
          fc.record({
            s: fc.constant(s),
            at: fc.integer({ min: 0, max: (bytes[s] ?? 1) - 1 }),
            xor: fc.integer({ min: 1, max: 255 }),
          }),
        ),
        async ({ s, at, xor }) => {
          const journal = Uint8Array.from(folder.stations[s]?.journal ?? []);
          const line = journal.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
          journal[at] = (journal[at] ?? 0) ^ xor;
          const stations = folder.stations.map((station, i) => (i === s ? { ...station, journal } : station));
          const report = await verifyTranscript({ ...folder, stations });
          expect(report.ok).toBe(false);
          expect(report.findings[0]?.station).toBe(folder.stations[s]?.name);
          expect(report.findings[0]?.line).toBe(line);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('fails where a whole line was taken away or added, even at its end', async () => {
    const online = folder.stations[1];
    if (!online) throw new Error('no station');
    const lines = utf8.encode(online.journal).split(/(?<=\n)/);
    for (const [journal, line] of [
      [lines.slice(1), 1],
      [lines.toSpliced(4, 1), 5],
      [lines.slice(0, -1), 16],
      [[...lines, lines.at(-1) ?? ''], 17],
    ] as const) {
      const stations = [{ ...online, journal: utf8.decode(journal.join('')) }];
      const { findings } = await verifyTranscript({ ...folder, stations });
      expect(findings[0]?.line).toBe(line);
    }
  });

  test('fails where its checkpoint was written anew to fit, since the signature does not', async () => {
    const forged = await archiveOf([
      { ...plans[0], events: plans[0].events.slice(0, -1) },
      ...plans.slice(1),
    ]);
    const stations = forged.stations.map((station, i) => ({
      ...station,
      signatures: folder.stations[i]?.signatures ?? [],
    }));
    const { findings } = await verifyTranscript({ ...folder, stations });
    expect(findings.map(({ code }) => code)).toEqual([
      'bad-signature',
      'bad-signature',
      'own-signature-missing',
    ]);
  });

  test('fails where it is empty or nothing is there at all', async () => {
    const [station] = folder.stations;
    if (!station) throw new Error('no station');
    const empty = await verifyTranscript({
      ...folder,
      stations: [{ ...station, journal: new Uint8Array() }],
    });
    expect(empty.findings[0]?.code).toBe('empty');
    const none = await verifyTranscript({ stations: [], keys: [] });
    expect(none.findings.map(({ code }) => code)).toEqual(['no-station']);
  });
});

describe('a checkpoint', () => {
  const withStation = async (change: object): Promise<string[]> => {
    const stations = folder.stations.map((station, i) => (i === 0 ? { ...station, ...change } : station));
    const { findings } = await verifyTranscript({ ...folder, stations });
    return findings.map(({ code }) => code);
  };

  test('must be there', async () => {
    expect(await withStation({ checkpoint: null })).toEqual(['no-checkpoint']);
  });

  test('must be signed', async () => {
    expect(await withStation({ signatures: [] })).toEqual(['no-signature']);
  });

  test('must be signed by the person whose station it is', async () => {
    const signatures = folder.stations[0]?.signatures.filter(({ name }) => name !== 'olga');
    expect(await withStation({ signatures })).toEqual(['own-signature-missing']);
  });

  test('must not be signed by a key that is not in the folder', async () => {
    const { findings } = await verifyTranscript({
      ...folder,
      keys: folder.keys.filter(({ name }) => name !== 'carol'),
    });
    expect(findings.map(({ code }) => code)).toEqual(['no-key', 'no-key', 'own-signature-missing']);
  });

  test('must be in its one form', async () => {
    const checkpoint = `${folder.stations[0]?.checkpoint}\n`;
    expect(await withStation({ checkpoint })).toEqual([
      'bad-checkpoint',
      'bad-signature',
      'bad-signature',
      'own-signature-missing',
    ]);
  });

  test('must say of the journal what the journal says', async () => {
    const checkpoint = folder.stations[0]?.checkpoint?.replace('rehearsal: no', 'rehearsal: yes');
    expect((await withStation({ checkpoint }))[0]).toBe('checkpoint-differs');
  });
});

describe('messages', () => {
  test('that were sent and never received are named', async () => {
    expect(await codesWith(1, (events) => [...events, sent('attempt', 'second attempt')])).toEqual([
      'not-received',
    ]);
  });

  test('that were withdrawn by their own station need not be received, whatever they are', async () => {
    for (const [station, type] of [
      [0, 'start'],
      [1, 'attempt'],
      [2, 'share'],
    ] as const) {
      const more = [sent(type, 'second'), withdrawn(type, 'second')];
      expect(await codesWith(station, (events) => [...events, ...more])).toEqual([]);
      const another = plans.map((plan, i) => ({
        ...plan,
        events: [
          ...plan.events,
          ...(i === station ? more.slice(0, 1) : i === 3 ? [withdrawn(type, 'second')] : []),
        ],
      }));
      const { findings } = await verifyTranscript(await archiveOf(another));
      expect(findings.map(({ code }) => code)).toEqual(['not-received']);
    }
  });

  test('that were refused have arrived: by another station, and told apart by their digest', async () => {
    const surplus = (...events: readonly JournalEvent[]) =>
      archiveOf(
        plans.map((plan, i) => ({
          ...plan,
          events:
            i === 2
              ? [
                  ...plan.events,
                  { event: 'share-released', data: { nonce: NONCE, digest: digestOf('surplus') } },
                  sent('share', 'surplus'),
                ]
              : i === 1
                ? [...plan.events, ...events]
                : plan.events,
        })),
      );
    const codes = async (folder: Promise<TranscriptFolder>) =>
      (await verifyTranscript(await folder)).findings.map(({ code }) => code);
    expect(await codes(surplus(refused('share', 'surplus')))).toEqual([]);
    expect(await codes(surplus(refused('share', 'another')))).toEqual(['not-received']);
    expect(
      await codes(surplus({ event: 'message-refused', data: { code: 'stale', reason: 'out of date' } })),
    ).toEqual(['not-received']);
    expect(
      await codesWith(2, (events) => [...events, sent('share', 'surplus'), refused('share', 'surplus')]),
    ).toEqual(['not-received']);
  });

  test('that were received and that nobody sent are named', async () => {
    const olga = await personNamed('olga');
    expect(await codesWith(1, (events) => [...events, received('start', 'forged start', olga)])).toEqual([
      'unaccounted',
    ]);
  });

  test('do not count as received by the station that sent them', async () => {
    const peter = await personNamed('peter');
    const own = (events: readonly JournalEvent[]) => [
      ...events,
      sent('attempt', 'loop'),
      received('attempt', 'loop', peter),
    ];
    expect(await codesWith(1, own)).toEqual(['not-received', 'unaccounted']);
  });

  test('must come from the person at the station that sent them', async () => {
    const dave = await personNamed('dave');
    const change = replaced('message-received', (found) =>
      found.event === 'message-received' && found.data.type === 'start'
        ? received('start', 'start', dave)
        : found,
    );
    expect(await codesWith(1, change)).toEqual(['wrong-sender']);
  });

  test('that introduce people and stations, or come after the last line, may be of one side only', async () => {
    const carol = await personNamed('carol');
    const change = (events: readonly JournalEvent[]) => [
      ...events,
      sent('identity', 'olga'),
      sent('station', 'another'),
      sent('checkpoint', 'checkpoint'),
      received('signature', 'signature', carol),
    ];
    expect(await codesWith(0, change)).toEqual([]);
  });
});

describe('an attempt', () => {
  test('has the same nonce at every station', async () => {
    const change = replaced('token-decoded', () => ({
      event: 'token-decoded',
      data: { nonce: 'another', format: 'hvs', length: 28, prefix: 'hvs.' },
    }));
    expect(await codesWith(0, change)).toEqual(['other-nonce']);
  });

  test('needs as many custodians as the server asked for', async () => {
    expect(await codesOf(carolTwice(plans))).toEqual(['quorum']);
  });

  test('counts a share for a custodian only where their own share message came in at that station before', async () => {
    const isShare = ({ event, data }: JournalEvent) =>
      event === 'message-received' && 'type' in data && data.type === 'share';
    const named = ['no-share-message', 'quorum'];
    const unused = (events: readonly JournalEvent[]) => events.filter((event) => !isShare(event));
    expect(await codesWith(1, unused)).toEqual(['no-share-message', 'not-received', 'quorum']);
    const after = (events: readonly JournalEvent[]) => [...unused(events), ...events.filter(isShare)];
    expect(await codesWith(1, after)).toEqual(named);
    const peter = await personNamed('peter');
    for (const change of [{ custodian: peter.fingerprint }, { digest: digestOf('another') }]) {
      const another = replaced('share-submit-intent', (found) =>
        found.event === 'share-submit-intent' ? { ...found, data: { ...found.data, ...change } } : found,
      );
      expect(await codesWith(1, another)).toEqual(named);
    }
    const elsewhere = plans.map((plan, i) => ({
      ...plan,
      events: i === 0 ? [...plan.events, ...plans[1].events.filter(isShare)] : plan.events,
    }));
    elsewhere[1] = { ...plans[1], events: unused(plans[1].events) };
    expect(await codesOf(elsewhere)).toEqual(named);
  });

  test('counts nobody whose station is not in the archive', async () => {
    expect(await codesOf(plans.slice(0, 3))).toEqual(['unaccounted']);
  });

  test('does not count a share that the server refused', async () => {
    let shares = 0;
    const change = replaced('share-submitted', (found) =>
      ++shares === 1 ? { event: 'share-rejected', data: { reason: 'wrong length' } } : found,
    );
    expect(await codesWith(1, change)).toEqual(['quorum']);
  });

  test('does not count a share whose answer was a refusal, and counts one whose outcome a crash kept off the record', async () => {
    const answer: JournalEvent = { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('a') } };
    const rejected: JournalEvent = { event: 'share-rejected', data: { reason: 'wrong' } };
    const first = (outcome: readonly JournalEvent[]) => () =>
      plans[1].events.flatMap((event) =>
        event.event === 'share-submitted' && !event.data.complete ? outcome : [event],
      );
    expect(await codesWith(1, first([answer, rejected]))).toEqual(['quorum']);
    expect(await codesWith(1, first([answer]))).toEqual([]);
  });

  test('does not count shares that the server threw away: everyone gives theirs again', async () => {
    expect(await codesOf(startedOver(plans, ['carol', 'dave']))).toEqual([]);
    expect(await codesOf(startedOver(plans, ['dave', 'dave']))).toEqual(['quorum']);
  });

  test('counts a share whose answer was lost, for its custodian’s own message says that it was given', async () => {
    const lost: JournalEvent = {
      event: 'exception',
      data: { text: 'It is not known whether a share was counted' },
    };
    const unsure: JournalEvent = { event: 'share-rejected', data: { reason: 'not yet', unsure: true } };
    for (const outcome of [lost, unsure]) {
      const unanswered = (events: readonly JournalEvent[]) =>
        events.flatMap((event) =>
          event.event === 'share-submitted' && !event.data.complete ? [outcome] : [event],
        );
      expect(await codesWith(1, unanswered)).toEqual([]);
    }
  });

  test('does not count a share whose answer said that the attempt was another', async () => {
    const answer: JournalEvent = { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('a') } };
    const changed: JournalEvent = { event: 'attempt-changed', data: { expected: NONCE, found: '' } };
    const first = (events: readonly JournalEvent[]) =>
      events.flatMap((event) =>
        event.event === 'share-submitted' && !event.data.complete ? [answer, changed] : [event],
      );
    expect(await codesWith(1, first)).toEqual(['quorum']);
  });

  test('does not mind an introduction that the officer took in and did not answer', async () => {
    const peter = await personNamed('peter');
    expect(await codesWith(0, (events) => [...events, received('station', 'an older one', peter)])).toEqual(
      [],
    );
  });

  test('counts shares that came as plain values, without a name, and notes each of them', async () => {
    const plain = replaced('share-submit-intent', (found) =>
      found.event === 'share-submit-intent'
        ? { ...found, data: { ...found.data, digest: '', custodian: '' } }
        : found,
    );
    const events = plain(plans[1].events);
    const { findings, notes } = await verifyTranscript(
      await archiveOf(plans.map((plan, i) => (i === 1 ? { ...plan, events } : plan))),
    );
    expect(findings).toEqual([]);
    expect(notes.filter(({ station }) => station === 'online')).toEqual(
      [8, 11].map((line) => ({
        station: 'online',
        line,
        message: 'a share came as a plain value: nothing says whose it was',
      })),
    );
    const alarms = journalOf({ ...plans[1], events }).filter(({ line }) => eventWords(line).alarm);
    expect(alarms.map(({ line }) => line.n)).toEqual([8, 11]);
  });

  test('asks for the same number of shares on every line', async () => {
    const change = replaced('attempt-started', () => ({
      event: 'attempt-started',
      data: { nonce: NONCE, required: 1, otpLength: 28 },
    }));
    expect(await codesWith(1, change)).toEqual(['quorum']);
  });

  test('counts only custodians of the roster that was agreed', async () => {
    const people = await Promise.all(['carol', 'dave'].map((name) => personNamed(name)));
    const roster = people.map(({ name, fingerprint }) => ({ name, role: 'custodian', fingerprint }));
    const agreeing = (people: typeof roster) => codesWith(0, (events) => [planAgreed(people), ...events]);
    expect(await agreeing(roster)).toEqual([]);
    expect(await agreeing(roster.slice(1))).toEqual(['not-in-roster', 'quorum']);
    for (const role of ['witness', 'operator', 'officer']) {
      const [carol, ...others] = roster;
      if (!carol) throw new Error('nobody');
      expect(await agreeing([{ ...carol, role }, ...others])).toEqual(['not-custodian', 'quorum']);
    }
  });

  test('may end without a token and without a quorum', async () => {
    const online = plans[1].events.filter(
      ({ event, data }) =>
        !['answer-received', 'revoke-intent', 'token-revoked'].includes(event) &&
        !('complete' in data && data.complete) &&
        !('type' in data && data.type === 'result'),
    );
    const officer = without('token-decoded')(plans[0].events).filter(
      ({ data }) => !('type' in data && data.type === 'result'),
    );
    const report = await verifyTranscript(
      await archiveOf([
        { ...plans[0], events: officer },
        { ...plans[1], events: online },
        plans[2],
        plans[3],
      ]),
    );
    expect(report.findings).toEqual([]);
  });

  test('takes one outcome for each share that was sent, also after a share that came to nothing', async () => {
    const intent = plans[1].events.find(({ event }) => event === 'share-submit-intent');
    if (!intent) throw new Error('no intent');
    const rejected: JournalEvent = { event: 'share-rejected', data: { reason: 'wrong' } };
    for (const before of [[], [intent], [intent, rejected]]) {
      const events = (twice: boolean) =>
        plans[1].events.flatMap((event) => {
          if (event === intent) return [...before, event];
          const isFirst = event.event === 'share-submitted' && !event.data.complete;
          return isFirst && twice ? [event, event] : [event];
        });
      expect(await codesWith(1, () => events(false))).toEqual([]);
      expect(await codesWith(1, () => events(true))).toEqual(['no-intent']);
    }
  });

  test('has an intent before each effect', async () => {
    for (const intent of ['attempt-intent', 'share-submit-intent', 'revoke-intent'] as const) {
      expect(await codesWith(1, without(intent))).toContain('no-intent');
    }
  });
});

describe('stations', () => {
  test('all belong to one ceremony', async () => {
    expect(await codesWith(3, (events) => events, { ceremony: 'ff'.repeat(16) })).toEqual(['other-ceremony']);
  });

  test('are all in a rehearsal or all in earnest', async () => {
    expect(await codesWith(3, (events) => events, { rehearsal: true })).toEqual(['rehearsal-mixed']);
  });

  test('each say whose they are: without that, anybody could sign for them', async () => {
    const nobody = { ...plans[3].who, fingerprint: '' };
    expect(await codesWith(3, (events) => events, { who: nobody, signers: [plans[1].who] })).toEqual([
      'no-person',
      'own-signature-missing',
      'wrong-sender',
    ]);
  });

  test('stay those of one person from the first line to the last', async () => {
    const nobody = { ...plans[3].who, fingerprint: '' };
    expect(await codesWith(3, (events) => events, { begunBy: nobody })).toEqual([
      'no-person',
      'origin-changes',
    ]);
    expect(await codesWith(3, (events) => events, { begunBy: plans[2].who })).toEqual(['origin-changes']);
  });

  test('are each a journal of their own', async () => {
    const [first] = folder.stations;
    if (!first) throw new Error('no station');
    const { findings } = await verifyTranscript({
      ...folder,
      stations: [...folder.stations, { ...first, name: 'copy' }],
    });
    expect(findings.map(({ code }) => code)).toContain('same-journal');
  });
});
