import { expect, test } from 'vitest';
import { assemble } from '../../../main/qr/assemble';
import { makeOutgoing, urText } from '../../../shared/qr/ur';

const bytes = new Uint8Array(1500).map((_, i) => i * 13);
const outgoing = makeOutgoing(bytes);
const parts = Array.from({ length: outgoing.partCount }, (_, i) => outgoing.part(i));

test('messages come out of one heap of codes, each by itself', () => {
  const other = new Uint8Array(1400).map((_, i) => i * 17);
  const others = Array.from({ length: makeOutgoing(other).partCount }, (_, i) => makeOutgoing(other).part(i));
  const heap = assemble([...parts, ...others, urText(new Uint8Array([5]))].sort());
  expect(heap.messages.map((m) => m.bytes)).toEqual(
    expect.arrayContaining([bytes, other, new Uint8Array([5])]),
  );
  expect(heap).toMatchObject({ incomplete: [], refused: [] });
});

test('the missing parts are named', () => {
  const heap = assemble(parts.filter((_, i) => ![1, 4, 5, 6].includes(i)));
  expect(heap.messages).toEqual([]);
  expect(heap.incomplete).toEqual([
    `The message is incomplete: parts 2, 5–7 of ${parts.length} are missing. Add 4 more pictures of its codes.`,
  ]);
  expect(assemble(parts.slice(1)).incomplete[0]).toContain('part 1 of');
});

test('a code that is no message is said once, and spoils nothing', () => {
  const heap = assemble(['https://example.org', 'https://example.org', ...parts, 'UR:AIRLOCK/AEAE']);
  expect(heap.messages).toHaveLength(1);
  expect(heap.refused).toHaveLength(2);
});
