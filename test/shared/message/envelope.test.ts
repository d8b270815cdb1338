import { encode } from 'cbor2';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { encodeEnvelope, parseEnvelope } from '../../../shared/message/envelope';
import { MessageError, type MessageErrorCode } from '../../../shared/message/message-error';
import { bodyOf, envelopeOf, everyEnvelope, filled, types } from './messages';

vi.setConfig({ testTimeout: 120_000 });

function codeOf(run: () => unknown): MessageErrorCode | 'accepted' {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof MessageError) return error.code;
    throw error;
  }
}

const refusal = (value: unknown): MessageErrorCode | 'accepted' =>
  codeOf(() => parseEnvelope(encode(value, { cde: true })));

describe('a message', () => {
  test.each(everyEnvelope())('of type $type comes back as it was written', (envelope) => {
    expect(parseEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
  });

  test('has one encoding, whatever the order of its fields', () => {
    const envelope = envelopeOf('share');
    const turned = Object.fromEntries(Object.entries(envelope).reverse()) as typeof envelope;
    expect(encodeEnvelope(turned)).toEqual(encodeEnvelope(envelope));
  });

  test('holds plain bytes, however they were handed in', () => {
    const body = { ...bodyOf.share, sealed: Buffer.from('sealed') };
    const bytes = encodeEnvelope(envelopeOf('share', { body, from: Buffer.alloc(20, 1) }));
    for (const input of [bytes, Buffer.from(bytes)]) {
      const parsed = parseEnvelope(input);
      if (parsed.type !== 'share') throw new Error('not a share');
      expect(Object.getPrototypeOf(parsed.body.sealed)).toBe(Uint8Array.prototype);
      expect(Object.getPrototypeOf(parsed.from)).toBe(Uint8Array.prototype);
      expect(parsed.body.sealed.buffer.byteLength).toBe(6);
    }
  });

  test('of a plan has tasks as lines, as earlier versions wrote them, or as maps', () => {
    const start = envelopeOf('start');
    const tasks = [
      'Look around',
      { task: 'request', method: 'GET', path: 'sys/auth', about: '' },
      { task: 'write-policy', name: 'a', policy: ['path "a" {', '', '}'] },
      { task: 'revoke-self' },
    ] as const;
    const body = { ...start.body, tasks: tasks.map((task) => task) } as typeof start.body;
    expect(parseEnvelope(encodeEnvelope({ ...start, body })).body).toEqual(body);
    const other = { ...start.body, tasks: [{ task: 'seal' }] } as unknown as typeof start.body;
    expect(() => encodeEnvelope({ ...start, body: other })).toThrow(/start message .*tasks/);
  });

  test('leaves out fields that were not given', () => {
    const body = { ...bodyOf.start, method: 'otp', publicKey: undefined, sealedOtp: filled(60, 1) } as never;
    const parsed = parseEnvelope(encodeEnvelope(envelopeOf('start', { body })));
    expect(Object.keys(parsed.body)).not.toContain('publicKey');
  });

  test('that would not be read back is not written', () => {
    const body = { ...bodyOf.share, nonce: '' };
    expect(codeOf(() => encodeEnvelope(envelopeOf('share', { body })))).toBe('bad-field');
    const torn = { ...bodyOf.share, nonce: 'half a pair \ud800' };
    expect(codeOf(() => encodeEnvelope(envelopeOf('share', { body: torn })))).toBe('bad-field');
    const fraction = { ...bodyOf.attempt, required: 1.5 };
    expect(codeOf(() => encodeEnvelope(envelopeOf('attempt', { body: fraction })))).toBe('bad-field');
  });
});

describe('a message is refused by name', () => {
  test('where it is not a message at all', () => {
    for (const value of [null, 1, 'airlock', [], {}, filled(4, 1), { v: 'one', type: 'share' }]) {
      expect([value, refusal(value)]).toEqual([value, 'not-a-message']);
    }
    for (const bytes of [[], [0xff], [0xa1], [0xf7], [0xc1, 0x00], [0xfb, ...filled(8, 1)]]) {
      expect([bytes, codeOf(() => parseEnvelope(Uint8Array.from(bytes)))]).toEqual([bytes, 'not-a-message']);
    }
  });

  test('where it is of another version or an unknown type', () => {
    expect(refusal({ ...envelopeOf('share'), v: 2 })).toBe('unknown-version');
    expect(refusal({ ...envelopeOf('share'), type: 'bribe' })).toBe('unknown-type');
    expect(refusal({ ...envelopeOf('share'), type: 'constructor' })).toBe('unknown-type');
  });

  test('where a field is missing, unknown or wrong, in the envelope or in the body', () => {
    for (const type of types) {
      const envelope = envelopeOf(type);
      for (const name of Object.keys(envelope).filter((key) => key !== 'v' && key !== 'type')) {
        const { [name as keyof typeof envelope]: _, ...rest } = envelope;
        expect([type, name, refusal(rest)]).toEqual([type, name, 'bad-field']);
      }
      expect([type, refusal({ ...envelope, extra: 1 })]).toEqual([type, 'bad-field']);
      expect([type, refusal({ ...envelope, body: { ...envelope.body, extra: 1 } })]).toEqual([
        type,
        'bad-field',
      ]);
      expect([type, refusal({ ...envelope, from: filled(19, 1) })]).toEqual([type, 'bad-field']);
      expect([type, refusal({ ...envelope, ceremony: filled(17, 1) })]).toEqual([type, 'bad-field']);
      expect([type, refusal({ ...envelope, prev: 'aa' })]).toEqual([type, 'bad-field']);
      expect([type, refusal({ ...envelope, issuedAt: 'yesterday' })]).toEqual([type, 'bad-field']);
    }
  });

  test('where a name could pass for another, or a line of the plan hides something', () => {
    for (const name of ['Olga\u200b', 'Olga ', '\u001b[2JOlga', 'Olga\u202e']) {
      const identity = { ...bodyOf.identity, name };
      expect([name, refusal({ ...envelopeOf('identity'), body: identity })]).toEqual([name, 'bad-field']);
      const roster = bodyOf.start.roster.map((person) => ({ ...person, name }));
      const start = { ...bodyOf.start, roster };
      expect([name, refusal({ ...envelopeOf('start'), body: start })]).toEqual([name, 'bad-field']);
    }
    for (const purpose of ['two\nlines', 'turned\u202e round', '\u001b[2K']) {
      const start = { ...bodyOf.start, purpose };
      expect([purpose, refusal({ ...envelopeOf('start'), body: start })]).toEqual([purpose, 'bad-field']);
    }
  });

  test('naming the field, and never its value', () => {
    const secret = 'hvs.thisIsNotForAnyScreen';
    const body = { ...bodyOf.result, encodedToken: 7, [secret]: secret };
    try {
      parseEnvelope(encode({ ...envelopeOf('result'), body }, { cde: true }));
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain('body.encodedToken');
      expect(String(error)).not.toContain(secret);
    }
  });

  test('where it is not in its one deterministic form', () => {
    const bytes = encodeEnvelope(envelopeOf('checkpoint'));
    const sorted = encode(envelopeOf('checkpoint'), { cde: true });
    expect(bytes).toEqual(sorted);
    const streamed = Uint8Array.from([0xbf, ...bytes.subarray(1), 0xff]);
    expect(codeOf(() => parseEnvelope(streamed))).toBe('not-deterministic');
    const unsorted = encode(envelopeOf('checkpoint'));
    expect(codeOf(() => parseEnvelope(unsorted))).toBe('not-deterministic');
    // The same map with its count (7 entries) in a byte of its own.
    const long = Uint8Array.from([0xb8, 7, ...bytes.subarray(1)]);
    expect(codeOf(() => parseEnvelope(long))).toBe('not-deterministic');
  });

  test('where bytes follow it or its end is missing', () => {
    const bytes = encodeEnvelope(envelopeOf('share'));
    expect(codeOf(() => parseEnvelope(Uint8Array.from([...bytes, 0])))).toBe('not-a-message');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(codeOf(() => parseEnvelope(bytes.slice(0, length)))).not.toBe('accepted');
      }),
    );
  });

  test('where it is larger than any message', () => {
    expect(codeOf(() => parseEnvelope(filled(65_001, 0)))).toBe('too-large');
    // Nothing but a journal may be so large that it takes a thousand codes.
    const brought = { to: filled(20, 4), sealed: filled(12_000, 9) };
    const tasks = [1, 2, 3].map(() => ({ fate: 'done', said: '', brought }) as const);
    const body = { ...bodyOf.outcome, tasks };
    expect(codeOf(() => encodeEnvelope(envelopeOf('outcome', { body })))).toBe('too-large');
    const log = { ...bodyOf.log, lines: filled(48_000, 1) };
    expect(codeOf(() => encodeEnvelope(envelopeOf('log', { body: log })))).toBe('accepted');
  });

  test('where it is garbage, without ever throwing anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(codeOf(() => parseEnvelope(bytes))).not.toBe('accepted');
      }),
      { numRuns: 2000 },
    );
  });

  test('where it is other CBOR, deep or wide or with strange keys', () => {
    const bytes = fc.uint8Array({ maxLength: 8 });
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 12 },
        fc.integer(),
        fc.double(),
        fc.string(),
        fc.constantFrom(null, true, undefined, 2n ** 80n),
        bytes,
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'v', 'type', 'body')), tie('any'), {
          maxKeys: 4,
        }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (other) => {
        expect(codeOf(() => parseEnvelope(encode(other)))).not.toBe('accepted');
      }),
      { numRuns: 1000 },
    );
  });

  test('where any one bit was flipped, or else it says something else in the same one form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...everyEnvelope()),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (envelope, at, bit) => {
          const bytes = encodeEnvelope(envelope);
          const index = at % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
          try {
            expect(encodeEnvelope(parseEnvelope(bytes) as never)).toEqual(bytes);
          } catch (error) {
            if (!(error instanceof MessageError)) throw error;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
