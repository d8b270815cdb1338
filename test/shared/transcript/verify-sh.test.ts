import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '@scure/base';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTranscriptFolder } from '../../../main/store/transcript-folder';
import type { JournalEvent } from '../../../shared/transcript/event';
import type { ArchivedStation, TranscriptFolder } from '../../../shared/transcript/report';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { verifyScript } from '../../../shared/transcript/script/verify-script';
import {
  archiveOf,
  carolTwice,
  ceremonyPlans,
  digestOf,
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

// Each run starts gpg some ten times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const temporary = mkdtempSync(join(tmpdir(), 'airlock verify $(touch x) -'));
afterAll(() => rmSync(temporary, { recursive: true }));

let plans: [Plan, Plan, Plan, Plan];
let folder: TranscriptFolder;
beforeAll(async () => {
  plans = await ceremonyPlans();
  folder = await archiveOf(plans);
});

let written = 0;

/** Lays the folder on the disk as an archive does. */
function write({ stations, keys }: TranscriptFolder): string {
  written += 1;
  const dir = join(temporary, `-archive ${written}`);
  mkdirSync(join(dir, 'keys'), { recursive: true });
  writeFileSync(join(dir, 'verify.sh'), verifyScript());
  for (const { name, armored } of keys) writeFileSync(join(dir, 'keys', `${name}.asc`), armored);
  for (const { name, journal, checkpoint, signatures } of stations) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'journal.jsonl'), journal);
    if (checkpoint !== null) writeFileSync(join(dir, name, 'checkpoint.txt'), checkpoint);
    for (const signature of signatures) {
      writeFileSync(join(dir, name, `checkpoint.txt.${signature.name}.asc`), signature.armored);
    }
  }
  return dir;
}

interface Outcome {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly last: string;
  /** "STATION 17" of each line of a journal that is named. */
  readonly named: readonly string[];
}

function run(dir: string): Outcome {
  const { status, stdout, stderr } = spawnSync('sh', [join(dir, 'verify.sh')], {
    cwd: '/',
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  const named = lines.flatMap((line) => {
    const match = /^FAIL {2}(.*)\/journal\.jsonl: line (\d+)[ :]/.exec(line);
    return match ? [`${match[1]} ${match[2]}`] : [];
  });
  return { code: status, lines, last: lines.at(-1) ?? '', named };
}

/** Runs the script and the program on the same folder: they must agree on whether it holds, and on the lines. */
async function both(changed: TranscriptFolder): Promise<Outcome> {
  const dir = write(changed);
  const outcome = run(dir);
  const report = await verifyTranscript(readTranscriptFolder(dir));
  expect({ ok: outcome.code === 0, last: outcome.last.slice(0, 5) }).toEqual({
    ok: report.ok,
    last: report.ok ? 'PASS:' : 'FAIL:',
  });
  const named = report.findings
    .filter(({ line }) => line !== null)
    .map(({ station, line }) => `${station} ${line}`);
  expect([...new Set(outcome.named)].sort()).toEqual([...new Set(named)].sort());
  return outcome;
}

const withPlan = (i: number, change: (plan: Plan) => Partial<Plan>): Promise<TranscriptFolder> =>
  archiveOf(plans.map((plan, n) => (n === i ? { ...plan, ...change(plan) } : plan)));

const adding =
  (...more: JournalEvent[]) =>
  (plan: Plan): Partial<Plan> => ({ events: [...plan.events, ...more] });

const sharesLast = (events: readonly JournalEvent[]): JournalEvent[] => {
  const isShare = ({ event, data }: JournalEvent) =>
    event === 'message-received' && 'type' in data && data.type === 'share';
  return [...events.filter((event) => !isShare(event)), ...events.filter(isShare)];
};

const withStation = (i: number, change: Partial<ArchivedStation>): TranscriptFolder => ({
  ...folder,
  stations: folder.stations.map((station, n) => (n === i ? { ...station, ...change } : station)),
});

describe('verify.sh', () => {
  test('passes a ceremony that went well, from any working folder, and changes nothing in its own', async () => {
    const dir = write(folder);
    const files = readdirSync(dir);
    const { code, lines, last } = run(dir);
    expect(last).toBe('PASS: 4 stations. Every journal is whole, signed, and agrees with the others.');
    expect(code).toBe(0);
    expect(lines).toContain('ok    online/journal.jsonl  16 lines, chain whole');
    expect(lines).toContain(
      'note  Office, 2nd floor – Zoë/journal.jsonl: line 7: exception: The door stood open for a minute.',
    );
    expect(readdirSync(dir)).toEqual(files);
    expect((await both(folder)).code).toBe(0);
  });

  test('reads as what it needs: sh, sha256sum, jq, gpg, and nothing of ours', () => {
    const script = verifyScript();
    expect(script.startsWith('#!/bin/sh\n')).toBe(true);
    expect(script).not.toMatch(/\b(?:awk|python|perl|node|npx|curl|wget)\b/);
    expect(script).not.toContain('jq@');
  });

  test('fails after any one byte of any journal is changed, and names the line as the program does', async () => {
    const lengths = folder.stations.map(({ journal }) => journal.length);
    const change = fc.integer({ min: 0, max: 3 }).chain((s) =>
      fc.record({
        s: fc.constant(s),
        at: fc.integer({ min: 0, max: (lengths[s] ?? 1) - 1 }),
        to: fc.oneof(
          fc.constantFrom(0x00, 0x0a, 0x0d, 0x20, 0x22, 0x5c, 0xff),
          fc.integer({ min: 0, max: 255 }),
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(change, async ({ s, at, to }) => {
        const journal = Uint8Array.from(folder.stations[s]?.journal ?? []);
        fc.pre(journal[at] !== to);
        journal[at] = to;
        expect((await both(withStation(s, { journal }))).code).toBe(1);
      }),
      { numRuns: 16 },
    );
  });

  test('fails after any newline of a journal is changed', async () => {
    const [first] = folder.stations;
    const newlines = [...(first?.journal ?? [])].flatMap((byte, i) => (byte === 0x0a ? [i] : []));
    for (const at of [newlines[0] ?? 0, newlines.at(-1) ?? 0]) {
      for (const to of [0x20, 0x0d, 0x00]) {
        const journal = Uint8Array.from(first?.journal ?? []);
        journal[at] = to;
        const { code, lines } = await both(withStation(0, { journal }));
        expect([code, lines.some((line) => line.startsWith('FAIL  Office'))]).toEqual([1, true]);
      }
    }
  });

  test('does not care for clocks: keys and signatures of a later year are as good', async () => {
    const future = await personNamed('olga of 2090', new Date('2090-01-01T00:00:00Z'));
    const rename = (events: readonly JournalEvent[]): JournalEvent[] =>
      events.map((event) =>
        event.event === 'message-received' && event.data.type === 'start'
          ? { ...event, data: { ...event.data, from: future.fingerprint } }
          : event,
      );
    const changed = await archiveOf([
      { ...plans[0], who: future, signers: [future] },
      { ...plans[1], events: rename(plans[1].events) },
      plans[2],
      plans[3],
    ]);
    expect((await both(changed)).code).toBe(0);
  });

  test('agrees with the program on journals that are whole and do not fit each other', async () => {
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
    expect((await both(await firstEnds(answer))).code).toBe(0);
    expect((await both(await firstEnds({ event: 'exception', data: { text: 'lost' } }))).code).toBe(0);
    const unsure = { event: 'share-rejected', data: { reason: 'not yet', unsure: true } } as const;
    expect((await both(await firstEnds(unsure))).code).toBe(0);
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
    const roster = [{ name: 'Carol', role: 'custodian', fingerprint: carol.fingerprint }];
    cases.push(['not in the roster', withPlan(0, adding(planAgreed(roster)))]);
    const witness = { name: 'Dave', role: 'witness', fingerprint: plans[3].who.fingerprint };
    cases.push(['in the roster as a witness', withPlan(0, adding(planAgreed([...roster, witness])))]);
    const everyone = [...roster, { ...witness, role: 'custodian' }];
    expect((await both(await withPlan(0, adding(planAgreed(everyone))))).code).toBe(0);
    for (const [name, changed] of cases) {
      const { code, lines } = await both(await changed);
      expect([name, code, lines.some((line) => line.startsWith('FAIL  '))]).toEqual([name, 1, true]);
    }
    expect((await both(await archiveOf(startedOver(plans, ['carol', 'dave'])))).code).toBe(0);
    const plain = await both(
      await withPlan(1, ({ events }) => ({
        events: events.map((event) =>
          event.event === 'share-submit-intent'
            ? { ...event, data: { ...event.data, digest: '', custodian: '' } }
            : event,
        ),
      })),
    );
    expect([plain.code, plain.lines.filter((line) => line.startsWith('note  online'))]).toEqual([
      0,
      [8, 11].map(
        (n) =>
          `note  online/journal.jsonl: line ${n}: a share came as a plain value: nothing says whose it was`,
      ),
    ]);
    const harmless = await withPlan(
      0,
      adding(sent('identity', 'x'), sent('station', 'y'), received('signature', 'z', carol)),
    );
    expect((await both(harmless)).code).toBe(0);
    const turnedAway = await archiveOf([
      { ...plans[0], ...adding(sent('start', 'older'), withdrawn('start', 'older'))(plans[0]) },
      { ...plans[1], ...adding(refused('share', 'surplus'))(plans[1]) },
      { ...plans[2], ...adding(sent('share', 'surplus'))(plans[2]) },
      plans[3],
    ]);
    expect((await both(turnedAway)).code).toBe(0);
  });

  test('notes that a token was made whose revocation no journal proves, as the program does', async () => {
    const alive = await withPlan(1, ({ events }) => ({
      events: events.filter(({ event }) => event !== 'token-revoked'),
    }));
    const { code, lines } = await both(alive);
    const { notes } = await verifyTranscript(alive);
    const said = 'a root token was made, and no journal here has the proof that it was revoked';
    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith('note  ') && line.includes(said))).toHaveLength(1);
    expect(notes.filter(({ message }) => message === said)).toHaveLength(1);
    expect((await both(folder)).lines.join('\n')).not.toContain(said);
  });

  test('misses a journal whose checkpoint is still there', async () => {
    const dir = write(folder);
    rmSync(join(dir, folder.stations[2]?.name ?? '', 'journal.jsonl'));
    const { code, lines } = run(dir);
    expect([code, lines.some((line) => /^FAIL .*journal is empty or missing/.test(line))]).toEqual([1, true]);
    const report = await verifyTranscript(readTranscriptFolder(dir));
    expect(report.findings.map(({ station, message }) => [station, message])).toContainEqual([
      folder.stations[2]?.name,
      'There is no journal, or it is empty.',
    ]);
  });

  test('agrees with the program on checkpoints, signatures and keys', async () => {
    const [first, second] = folder.stations;
    if (!first || !second) throw new Error('no station');
    const cases: [string, TranscriptFolder][] = [
      ['no checkpoint', withStation(0, { checkpoint: null })],
      ['no signature', withStation(0, { signatures: [] })],
      ['not by its own person', withStation(0, { signatures: first.signatures.slice(1) })],
      ['of another checkpoint', withStation(0, { signatures: second.signatures })],
      [
        'another key under the name',
        {
          ...folder,
          keys: folder.keys.map((key, i) => ({
            ...key,
            armored: folder.keys[i === 0 ? 1 : i]?.armored ?? '',
          })),
        },
      ],
      ['no keys', { ...folder, keys: [] }],
      ['not a signature', withStation(0, { signatures: [{ name: 'olga', armored: 'hello' }] })],
      ['a line too many', withStation(0, { checkpoint: `${first.checkpoint}\n` })],
      [
        'a journal cut at its end',
        withStation(1, {
          journal: utf8.decode(`${utf8.encode(second.journal).split('\n').slice(0, -2).join('\n')}\n`),
        }),
      ],
      ['a torn journal', withStation(1, { journal: second.journal.slice(0, -20) })],
      ['an empty journal', withStation(1, { journal: new Uint8Array() })],
      ['nothing', { stations: [], keys: [] }],
    ];
    for (const [name, changed] of cases) {
      expect([name, (await both(changed)).code]).toEqual([name, 1]);
    }
  });

  test('lets nothing of a file name or a journal reach the terminal as a control character', async () => {
    const text = JSON.stringify({ event: 'exception', text: '\u001b[2J' });
    const dir = write(withStation(0, { name: 'st\u001b[31mation', journal: utf8.decode(`${text}\n`) }));
    expect(run(dir).lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
