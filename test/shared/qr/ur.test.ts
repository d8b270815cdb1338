import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../shared/bytes';
import { makeOutgoing, type Received, UrReader, urText } from '../../../shared/qr/ur';

/** A message as a station sends it, only in that it is bytes; the codes don't look inside. */
const message = fc.uint8Array({ minLength: 1, maxLength: 2500 });
const density = fc.integer({ min: 150, max: 970 });

/** Deterministic numbers under 1, from a seed that fast-check picks. */
function sequence(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

const bytesOf = (received: Received | undefined): Uint8Array | null =>
  received?.status === 'complete' ? received.bytes : null;

test('a message read whole from its one code is the message that was shown', () => {
  fc.assert(
    fc.property(message, (bytes) => {
      expect(bytesOf(new UrReader().receive(urText(bytes)))).toEqual(bytes);
      const { static: whole } = makeOutgoing(bytes);
      if (whole !== null) expect(whole).toBe(urText(bytes));
    }),
  );
});

test('any message comes together from its parts in any order, with losses and repetitions', () => {
  fc.assert(
    fc.property(message, density, fc.integer(), fc.nat(100_000), (bytes, density, seed, start) => {
      const outgoing = makeOutgoing(bytes, density);
      const random = sequence(seed);
      const reader = new UrReader();
      const shown = Array.from({ length: 12 * outgoing.partCount + 40 }, (_, i) => outgoing.part(start + i));
      let got: Uint8Array | null = null;
      for (const text of shuffled(shown, random)) {
        if (random() < 0.4) continue;
        got = bytesOf(reader.receive(text));
        if (got) break;
        if (random() < 0.3) {
          const again = reader.receive(text);
          expect(again).toMatchObject({ status: 'part', fresh: false });
        }
      }
      expect(got).toEqual(bytes);
    }),
    { numRuns: 60 },
  );
});

test('the plain parts alone suffice, and nothing less than their number does', () => {
  fc.assert(
    fc.property(message, density, fc.integer(), (bytes, density, seed) => {
      const outgoing = makeOutgoing(bytes, density);
      const reader = new UrReader();
      const parts = Array.from({ length: outgoing.partCount }, (_, i) => outgoing.part(i));
      const results = shuffled(parts, sequence(seed)).map((text) => reader.receive(text));
      expect(results.slice(0, -1).some((r) => r.status === 'complete')).toBe(false);
      expect(bytesOf(results.at(-1))).toEqual(bytes);
    }),
    { numRuns: 60 },
  );
});

test('parts of two messages never mix, however they alternate', () => {
  fc.assert(
    fc.property(message, message, density, fc.integer(), (a, b, density, seed) => {
      const random = sequence(seed);
      const reader = new UrReader();
      const outgoings = [makeOutgoing(a, density), makeOutgoing(b, density)] as const;
      const next = [0, 0];
      const complete = [false, false];
      for (let i = 0; i < 6000 && !(complete[0] && complete[1]); i++) {
        const which = random() < 0.5 ? 0 : 1;
        const got = bytesOf(reader.receive(outgoings[which].part(next[which] ?? 0)));
        next[which] = (next[which] ?? 0) + 1;
        if (!got) continue;
        expect(got).toEqual(which === 0 ? a : b);
        complete[which] = true;
      }
      expect(complete).toEqual([true, true]);
    }),
    { numRuns: 30 },
  );
});

test('a text with a flipped bit is refused, or still says the same', () => {
  fc.assert(
    fc.property(message, fc.nat(200), fc.nat(), fc.integer({ min: 0, max: 6 }), (bytes, index, at, bit) => {
      const outgoing = makeOutgoing(bytes);
      for (const text of [urText(bytes), outgoing.part(index)]) {
        const position = at % text.length;
        const flipped = String.fromCharCode(text.charCodeAt(position) ^ (1 << bit));
        const wrong = text.slice(0, position) + flipped + text.slice(position + 1);
        const sameText = wrong.trim().toUpperCase() === text;
        const received = new UrReader('any').receive(wrong);
        if (received.status === 'complete' && received.type === 'airlock')
          expect(received.bytes).toEqual(bytes);
        const ours = new UrReader().receive(wrong);
        expect(ours.status === 'refused').toBe(!sameText);
      }
    }),
  );
});

test('no text whatever makes the reader stumble or accept', () => {
  const reader = new UrReader();
  const anything = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^ur:airlock\/[a-z]{0,40}$/),
    fc.stringMatching(/^UR:AIRLOCK\/[0-9]{1,11}-[0-9]{1,11}\/[A-Z]{0,40}$/),
    fc.constant(`ur:airlock/${'ae'.repeat(200_000)}`),
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(reader.receive(text).status).toBe('refused');
    }),
    { numRuns: 3000 },
  );
});

test('a foreign code is refused by name and costs none of the parts already read', () => {
  const [ours, theirs] = [makeOutgoing(fill(1500, 1)), makeOutgoing(fill(1500, 2))];
  const reader = new UrReader();
  const have = () => reader.progress?.have;
  for (let i = 0; i < 4; i++) reader.receive(ours.part(i));
  expect(reader.receive(theirs.part(0))).toMatchObject({ status: 'refused', code: 'other-sequence' });
  expect(reader.receive('https://example.org')).toMatchObject({ status: 'refused', code: 'not-ur' });
  expect(reader.receive(urText(fill(20, 3), 'bytes'))).toMatchObject({
    status: 'refused',
    code: 'other-type',
  });
  expect(reader.receive(`${ours.part(5)}X`)).toMatchObject({ status: 'refused', code: 'damaged' });
  expect(have()).toBe(4);
  expect(reader.receive(ours.part(4))).toMatchObject({
    status: 'part',
    have: 5,
    fresh: true,
    switched: false,
  });
});

test('holding on to another message changes over to it, says so, and keeps the first one’s parts', () => {
  const [first, second] = [makeOutgoing(fill(3000, 1)), makeOutgoing(fill(3000, 2))];
  const reader = new UrReader();
  for (let i = 0; i < 10; i++) reader.receive(first.part(i));
  const statuses = Array.from({ length: 8 }, (_, i) => reader.receive(second.part(i)));
  expect(statuses.slice(0, 5).every((r) => r.status === 'refused' && r.code === 'other-sequence')).toBe(true);
  expect(statuses[5]).toMatchObject({ status: 'part', have: 6, switched: true });
  expect(statuses[6]).toMatchObject({ status: 'part', have: 7, switched: false });
  for (let i = 0; i < 6; i++) reader.receive(first.part(i));
  expect(reader.progress?.have).toBe(10);
});

test('one part tells how many are known and which', () => {
  const outgoing = makeOutgoing(fill(1000, 1));
  const reader = new UrReader();
  reader.receive(outgoing.part(0));
  const received = reader.receive(outgoing.part(2));
  expect(received).toMatchObject({ status: 'part', have: 2, of: outgoing.partCount });
  expect(received.status === 'part' && received.seen.slice(0, 4)).toEqual([true, false, true, false]);
  reader.reset();
  expect(reader.progress).toBeNull();
});

test('codes that go on after the message is complete say it is nothing new', () => {
  const bytes = fill(1000, 7);
  const outgoing = makeOutgoing(bytes);
  const reader = new UrReader();
  for (let i = 0; i < outgoing.partCount - 1; i++) reader.receive(outgoing.part(i));
  expect(reader.receive(outgoing.part(outgoing.partCount - 1))).toMatchObject({
    status: 'complete',
    fresh: true,
  });
  expect(reader.receive(outgoing.part(0))).toEqual({
    status: 'complete',
    type: 'airlock',
    bytes,
    fresh: false,
  });
});

test('the vectors of the reference implementation read back, plain and mixed parts alike', async () => {
  const { single, multi } = await import('../../vectors/ur.json');
  expect(bytesOf(new UrReader('any').receive(single.ur))).toEqual(fromHex(single.cbor));
  expect(urText(fromHex(single.cbor), 'bytes').toLowerCase()).toBe(single.ur);
  for (const parts of [multi.parts.slice(0, 9), multi.parts.slice(4), [...multi.parts].reverse()]) {
    const reader = new UrReader(['bytes']);
    const results = parts.map((part) => reader.receive(part.toUpperCase()));
    expect(bytesOf(results.at(-1))).toEqual(fromHex(multi.cbor));
  }
});

test('a message of 64 KiB crosses, and nothing larger is taken', () => {
  const bytes = fill(65_536, 5);
  const outgoing = makeOutgoing(bytes);
  const reader = new UrReader();
  let got: Uint8Array | null = null;
  for (let i = 7; got === null && i < 2 * outgoing.partCount; i++)
    got = bytesOf(reader.receive(outgoing.part(i)));
  expect(got).toEqual(bytes);
  expect(() => makeOutgoing(fill(65_537, 5))).toThrow(/Carry it as a file/);
  expect(() => makeOutgoing(new Uint8Array())).toThrow(/cannot be shown/);
});

function fill(length: number, seed: number): Uint8Array {
  const random = sequence(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

test('every part is a legal part of its number, plain first, mixed after, at any distance', () => {
  const bytes = fill(2400, 9);
  const outgoing = makeOutgoing(bytes);
  const count = outgoing.partCount;
  const numberOf = (index: number) => Number(/\/(\d+)-/.exec(outgoing.part(index))?.[1]);
  expect(Array.from({ length: count }, (_, i) => numberOf(i))).toEqual(
    Array.from({ length: count }, (_, i) => i + 1),
  );
  const later = Array.from({ length: 200 }, (_, i) => numberOf(count + i));
  expect(later.every((number) => number > count)).toBe(true);
  expect(new Set(later).size).toBe(200);
  for (const far of [1e6, 2 ** 31, 2 ** 32])
    expect(new UrReader().receive(outgoing.part(far)).status).toBe('part');
});
