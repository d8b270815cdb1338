import { encode } from 'cbor2';
import { expect, test } from 'vitest';
import { makeOutgoing, UrReader, urText } from '../../../shared/qr/ur';

/** A part with a right checksum of its own, whatever it claims. */
function part(claims: readonly unknown[], path = `${claims[0]}-${claims[1]}`): string {
  const body = urText(encode(claims)).replace('UR:AIRLOCK/', '');
  return `UR:AIRLOCK/${path}/${body}`;
}

const data = new Uint8Array(100).fill(9);

test.each([
  ['a message larger than any', [1, 700, 70_000, 1, data], 'too-big'],
  ['more parts than any message has', [1, 5000, 50_000, 1, data.subarray(0, 10)], 'too-big'],
  ['fewer bytes than its message', [1, 3, 301, 1, data], 'damaged'],
  ['more bytes than its message', [1, 3, 200, 1, data], 'damaged'],
  ['no bytes', [1, 3, 300, 1, new Uint8Array()], 'damaged'],
  ['part 0', [0, 3, 300, 1, data], 'damaged'],
  ['no parts', [1, 0, 300, 1, data], 'damaged'],
  ['a fraction', [1, 3, 300.5, 1, data], 'damaged'],
  ['a checksum of 33 bits', [1, 3, 300, 2 ** 33, data], 'damaged'],
  ['text for bytes', [1, 3, 300, 1, 'x'.repeat(100)], 'damaged'],
  ['a field too many', [1, 3, 300, 1, data, 0], 'damaged'],
  ['a field too few', [1, 3, 300, 1], 'damaged'],
])('a part that claims %s is refused', (_, claims, code) => {
  expect(new UrReader().receive(part(claims))).toMatchObject({ status: 'refused', code });
});

test('a part whose path says another number than its bytes is refused', () => {
  const claims = [1, 3, 300, 1, data];
  expect(new UrReader().receive(part(claims))).toMatchObject({ status: 'part' });
  expect(new UrReader().receive(part(claims, '2-3'))).toMatchObject({ status: 'refused', code: 'damaged' });
  expect(new UrReader().receive(part(claims, '1-4'))).toMatchObject({ status: 'refused', code: 'damaged' });
});

test('parts that do not come to their checksum are dropped, and the message can be read afresh', () => {
  const reader = new UrReader();
  expect(reader.receive(part([1, 2, 200, 77, data]))).toMatchObject({ status: 'part' });
  expect(reader.receive(part([2, 2, 200, 77, data]))).toMatchObject({ status: 'refused', code: 'corrupt' });
  expect(reader.progress).toBeNull();
});

test('a part that contradicts the others is refused', () => {
  const reader = new UrReader();
  expect(reader.receive(part([1, 3, 300, 77, data]))).toMatchObject({ status: 'part', have: 1 });
  const other = data.slice().fill(8);
  expect(reader.receive(part([1, 3, 300, 77, other]))).toMatchObject({ status: 'refused', code: 'corrupt' });
});

test('a stream of messages that never end does not displace the one being read', () => {
  const bytes = new Uint8Array(1000).map((_, i) => i * 31);
  const outgoing = makeOutgoing(bytes);
  const reader = new UrReader();
  for (let i = 0; i < outgoing.partCount - 1; i++) {
    reader.receive(outgoing.part(i));
    for (let n = 0; n < 4; n++) reader.receive(part([1, 3, 300, 1000 * i + n, data]));
  }
  expect(reader.receive(outgoing.part(outgoing.partCount - 1))).toMatchObject({ status: 'complete', bytes });
});
