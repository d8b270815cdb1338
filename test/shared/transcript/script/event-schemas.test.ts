import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { isAsWritten, type Schema } from '../../../../shared/transcript/as-written';
import { type EventName, events, lineHead } from '../../../../shared/transcript/event';
import {
  NO_LINE,
  nextLine,
  parseJournal,
  type WrittenLine,
} from '../../../../shared/transcript/journal-line';
import { eventSchemas } from '../../../../shared/transcript/script/event-schemas';
import { journalProgram } from '../../../../shared/transcript/script/verify-script';
import { summaryOf } from '../../../../shared/transcript/summary';

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'airlock-event-schemas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schemas = JSON.parse(eventSchemas()) as Record<EventName, Schema>;

/** What fits the schema, as the script has it; where `fits` is false also what just doesn't. */
function valuesOf(schema: Schema, fits: boolean): fc.Arbitrary<unknown> {
  const some = (right: readonly unknown[], wrong: readonly unknown[]) =>
    fc.constantFrom(...right, ...(fits ? [] : wrong));
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, fits)));
  if (schema.is === 'hash')
    return some(['a'.repeat(64)], ['A'.repeat(64), 'a'.repeat(63), 'g'.repeat(64), '']);
  if (schema.is === 'key fingerprint')
    return some(['A'.repeat(40), '0'.repeat(64), ''], ['a'.repeat(64), 'A'.repeat(63), '0'.repeat(52)]);
  if (schema.is === 'time')
    return some(
      ['2026-11-26T01:02:03.456Z', '2024-02-29T01:02:03Z'],
      ['2026-02-29T01:02:03Z', '2026-11-26T01:02:03+01:00', 'yesterday', ''],
    );
  if (schema.is === 'fingerprint') return some(['A'.repeat(40), ''], ['a'.repeat(40), 'A'.repeat(39)]);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string': {
      const most = schema.maxLength ?? 0;
      return some(
        ['Ada', 'Ä', '𝄞', 'x'.repeat(most), '\ufeff', '\ufffd'],
        [
          ...['', 'x'.repeat(most + 1), '𝄞'.repeat(most), `${'x'.repeat(most - 1)}𝄞`],
          ...['\u0000', '\u007f', '\u0085', '\u2028', '\u202e', '\u2066', '\ud800'],
        ],
      );
    }
    case 'integer': {
      const { minimum = 0, maximum = 0 } = schema;
      return some([minimum, 1, 3, maximum], [minimum - 1, maximum + 1, 0.5, '1']);
    }
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const most = schema.maxItems ?? 0;
      const each = valuesOf(schema.items ?? {}, fits);
      return some([0, 2, most], [most + 1]).chain((length) =>
        fc.array(each, { minLength: Number(length), maxLength: Number(length) }),
      );
    }
    default:
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, each]) => [key, valuesOf(each, fits)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      );
  }
}

/** Mostly nothing. */
const seldom = <T>(each: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: each });

/** Something that no journal line has at that place. */
const foreign: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 1.5, -1, '', [], {}, 'x'.repeat(2000), { toString: 1 }, [[]]),
  fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<unknown>,
);

const time = fc.constantFrom(
  '2026-11-26T01:02:03.456Z',
  '2026-11-26T01:02Z',
  '2024-02-29T01:02:03Z',
  '2026-02-29T01:02:03Z',
  '1900-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-11-26T24:00:00Z',
  '2026-11-26T01:60:00Z',
  '2026-11-26T01:02:60Z',
  '2026-11-26T01:02:03.Z',
  '2026-11-26T01:02:03+01:00',
  '2026-11-26 01:02:03Z',
  '2026-11-26T1:02:03Z',
  'yesterday',
  '',
);

const eventNames = Object.keys(events) as EventName[];
const line = fc
  .record({
    event: fc.constantFrom(...eventNames),
    time: fc.oneof({ weight: 6, arbitrary: fc.constant('2026-11-26T01:02:03.456Z') }, time),
    station: fc.constantFrom('Office', 'Office', 'Office', 'x'.repeat(60), 'x'.repeat(61), ''),
  })
  .chain(({ event, time: at, station }) =>
    fc
      .record({
        data: fc.boolean().chain((fits) => valuesOf(schemas[event], fits)),
        twist: seldom(
          fc.record({
            key: fc.constantFrom(
              'x',
              '__proto__',
              'toString',
              ...Object.keys(schemas[event].properties ?? {}),
            ),
            value: foreign,
          }),
        ),
        dropped: seldom(fc.constantFrom('', ...Object.keys(schemas[event].properties ?? {}))),
        headTwist: seldom(
          fc.record({
            key: fc.constantFrom('v', 'n', 'who', 'ceremony', 'rehearsal', 'event', 'data', 'extra'),
            value: foreign,
          }),
        ),
      })
      .map(({ data, twist, dropped, headTwist }) => {
        const entries = Object.entries(data as object).filter(
          ([key]) => key !== dropped && key !== twist?.key,
        );
        if (twist !== null) entries.push([twist.key, twist.value]);
        const all: [string, unknown][] = Object.entries({
          v: 1,
          n: 1,
          prev: NO_LINE,
          at,
          station,
          who: 'A'.repeat(40),
          ceremony: '0'.repeat(32),
          rehearsal: false,
          event,
          data: Object.fromEntries(entries),
        }).filter(([key]) => key !== headTwist?.key);
        if (headTwist !== null) all.push([headTwist.key, headTwist.value]);
        return canonicalize(Object.fromEntries(all)) ?? '';
      }),
  );

const programTakes = (text: string): boolean => {
  try {
    parseJournal(`${text}\n`);
    return true;
  } catch {
    return false;
  }
};

/** What verify.sh's jq program says of a journal, line by line, and at last what its checkpoint tells. */
function scriptSays(lines: readonly string[]): string[] {
  const file = join(folder, 'journal.jq');
  writeFileSync(file, journalProgram());
  const { stdout, stderr } = spawnSync('jq', ['-n', '-R', '-r', '--arg', 'version', 'v2', '-f', file], {
    input: `${lines.join('\n')}\n`,
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

/** Whether each line is one of a journal. */
const scriptTakes = (lines: readonly string[]): boolean[] =>
  scriptSays(lines)
    .slice(0, lines.length)
    .map((said) => said !== '- -');

test('verify.sh takes and refuses every line of a journal as the program does, whatever its event records', () => {
  const lines = fc.sample(line, 4000);
  const script = scriptTakes(lines);
  const disagreed = lines.flatMap((text, i) => (programTakes(text) === script[i] ? [] : [[script[i], text]]));
  expect(disagreed.slice(0, 5)).toEqual([]);
  // Of each event there was a line that both take, and one that both refuse.
  for (const event of eventNames) {
    const of = lines.flatMap((text, i) => (text.includes(`"event":"${event}"`) ? [script[i]] : []));
    expect([event, new Set(of).size]).toEqual([event, 2]);
  }
});

test('a line that is taken as it is written, the schemas take as well, and leave it as it is', () => {
  let quick = 0;
  for (const text of fc.sample(line, 4000)) {
    const value = JSON.parse(text) as { readonly event: EventName };
    if (!eventNames.includes(value.event) || !isAsWritten(value.event, value)) continue;
    quick += 1;
    const whole = lineHead.extend({ event: z.literal(value.event), data: events[value.event] });
    expect(whole.parse(value)).toEqual(value);
    expect(canonicalize(whole.parse(value))).toBe(JSON.stringify(value));
  }
  expect(quick).toBeGreaterThan(200);
});

test('whatever an event records is taken as it is written, once it was cleaned', () => {
  const head = { v: 1, n: 1, prev: NO_LINE, at: '2026-11-26T01:02:03.456Z', station: 'Büro 雪', who: '' };
  for (const event of eventNames) {
    const whole = lineHead.extend({ event: z.literal(event), data: events[event] });
    for (const data of fc.sample(valuesOf(schemas[event], true), 20)) {
      const line = whole.parse({ ...head, ceremony: '', rehearsal: true, event, data });
      expect(isAsWritten(event, JSON.parse(canonicalize(line) ?? '')), JSON.stringify(line)).toBe(true);
    }
  }
});

test('what a journal’s cleaning would change is not as it is written, and all other text is', () => {
  const taken = (text: string): boolean =>
    isAsWritten('note', {
      at: '2026-11-26T01:02:03.456Z',
      ceremony: '',
      data: { text },
      event: 'note',
      n: 1,
      prev: NO_LINE,
      rehearsal: true,
      station: 'Office',
      v: 1,
      who: '',
    });
  for (const text of ['Everyone’s bag', 'Zoë', '雪', '🔑', '“plain”']) expect(taken(text), text).toBe(true);
  for (const text of ['a\nb', 'a\u0085b', 'a\u2028b', 'a\u202eb', 'a\u2066b', 'a\ud83db', '\udd11'])
    expect(taken(text), JSON.stringify(text)).toBe(false);
  const { success, data } = events.note.safeParse({ text: '🔑 Everyone’s' });
  expect([success, data?.text]).toEqual([true, '🔑 Everyone’s']);
});

test('verify.sh makes of every event the very words of a checkpoint that the program makes', () => {
  const file = join(folder, 'words.jq');
  writeFileSync(file, journalProgram());
  // Several of each event, in journals short enough for all of their words to stand in the checkpoint.
  const each = eventNames.flatMap((event) =>
    fc.sample(valuesOf(schemas[event], true), 6).map((data) => ({ event, data })),
  );
  for (let from = 0; from < each.length; from += 40) {
    const lines: WrittenLine[] = [];
    for (const { event, data } of each.slice(from, from + 40)) {
      const at = '2026-11-26T01:02:03.456Z';
      const origin = {
        station: 'Office',
        who: 'A'.repeat(40),
        ceremony: '0'.repeat(32),
        rehearsal: false,
        at,
      };
      lines.push(nextLine(lines.at(-1) ?? null, origin, event, data as never));
    }
    const { stdout } = spawnSync('jq', ['-n', '-R', '-r', '--arg', 'version', 'v2', '-f', file], {
      input: lines.map(({ text }) => `${text}\n`).join(''),
      maxBuffer: 1 << 28,
      encoding: 'utf8',
    });
    const [, below = ''] = stdout.trimEnd().split('\n').at(-1)?.split(' ') ?? [];
    const said = Buffer.from(below, 'base64').toString('utf8').split('\n').slice(2, -1);
    expect(said).toEqual(summaryOf(lines.map(({ line }) => line)).map((text) => `  ${text}`));
  }
});
