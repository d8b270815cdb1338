import { describe, expect, test } from 'vitest';
import type { MessageType, Role } from '../../../shared/message/body';
import { directions, type Expectation, expectMessage } from '../../../shared/message/direction';
import { encodeEnvelope } from '../../../shared/message/envelope';
import { MessageError } from '../../../shared/message/message-error';
import type { SignedMessage } from '../../../shared/message/wire';
import { CEREMONY, envelopeOf, filled, NONCE, types } from './messages';

const messageOf = <T extends MessageType>(type: T, change = {}): SignedMessage => {
  const envelope = envelopeOf(type, change);
  return {
    payload: encodeEnvelope(envelope),
    signature: filled(64, 1),
    envelope: envelope as SignedMessage['envelope'],
    digest: filled(32, 2),
  };
};

function refusal<T extends MessageType>(message: SignedMessage, expectation: Expectation<T>): MessageError {
  try {
    expectMessage(message, expectation);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const roles: Role[] = ['officer', 'custodian', 'operator', 'witness'];

describe('a message that is expected', () => {
  test('comes out as the type that was asked for', () => {
    const expectation = {
      types: ['share'],
      to: 'operator',
      sender: { name: 'Carol', role: 'custodian' },
      ceremony: CEREMONY,
      nonce: NONCE,
      prev: [filled(32, 1), filled(32, 0xaa)],
      sealedTo: filled(8, 7),
      now: new Date('2026-05-01T16:59:59Z'),
    } as const;
    const envelope = expectMessage(messageOf('share'), expectation);
    expect(envelope.body.nonce).toBe(NONCE);
  });

  test('may be one of several types', () => {
    const envelope = expectMessage(messageOf('result'), { types: ['attempt', 'result'], to: 'officer' });
    expect(envelope.type).toBe('result');
  });

  test('may come before there is a ceremony where it introduces someone', () => {
    for (const type of ['identity', 'station'] as const) {
      const message = messageOf(type, { ceremony: null });
      expect(expectMessage(message, { types: [type], to: 'officer', ceremony: CEREMONY }).type).toBe(type);
    }
  });
});

describe('a message that is not expected is refused by name', () => {
  test('where it goes the other way', () => {
    const error = refusal(messageOf('share'), { types: ['result'], to: 'officer' });
    expect(error.code).toBe('wrong-direction');
    expect(error.message).toBe(
      "This is a share message: it goes from a custodian to the station. Here the officer's result is expected. Ask the station for its result code.",
    );
  });

  test('where a station is shown its own message', () => {
    expect(refusal(messageOf('start'), { types: ['result'], to: 'officer' }).code).toBe('wrong-direction');
    expect(refusal(messageOf('attempt'), { types: ['share'], to: 'operator' }).code).toBe('wrong-direction');
    expect(refusal(messageOf('share'), { types: ['attempt'], to: 'custodian' }).code).toBe('wrong-direction');
  });

  test('where it goes the right way and is of another type', () => {
    const error = refusal(messageOf('attempt'), { types: ['result'], to: 'officer' });
    expect(error.code).toBe('wrong-type');
    expect(error.message).toContain("This is an attempt message, but here the officer's result is expected.");
  });

  test('where its signer has another part in the ceremony', () => {
    const error = refusal(messageOf('result'), {
      types: ['result'],
      to: 'officer',
      sender: { name: 'Carol', role: 'custodian' },
    });
    expect(error.code).toBe('wrong-sender');
    expect(error.message).toContain('Carol');
  });

  test('where it is of another ceremony, or of none', () => {
    for (const ceremony of [filled(16, 1), null]) {
      const expectation = { types: ['share'], to: 'operator', ceremony: CEREMONY } as const;
      expect(refusal(messageOf('share', { ceremony }), expectation).code).toBe('other-ceremony');
    }
    const other = messageOf('station', { ceremony: filled(16, 1) });
    expect(refusal(other, { types: ['station'], to: 'officer', ceremony: CEREMONY }).code).toBe(
      'other-ceremony',
    );
  });

  test('where it is of another attempt', () => {
    for (const [type, to] of [
      ['attempt', 'custodian'],
      ['share', 'operator'],
      ['result', 'officer'],
      ['handoff', 'operator'],
      ['outcome', 'witness'],
    ] as const) {
      expect(refusal(messageOf(type), { types: [type], to, nonce: 'another' }).code).toBe('other-nonce');
    }
  });

  test('where it answers an older message, or none', () => {
    for (const prev of [filled(32, 1), null]) {
      const expectation = { types: ['share'], to: 'operator', prev: filled(32, 0xaa) } as const;
      expect(refusal(messageOf('share', { prev }), expectation).code).toBe('stale');
    }
  });

  test('where a share is sealed to another station or past its time', () => {
    const expectation = { types: ['share'], to: 'operator' } as const;
    expect(refusal(messageOf('share'), { ...expectation, sealedTo: filled(8, 8) }).code).toBe(
      'other-station',
    );
    const now = new Date('2026-05-01T17:00:00Z');
    expect(refusal(messageOf('share'), { ...expectation, now }).code).toBe('expired');
  });

  test('where a token is sealed to another station or past its time', () => {
    const expectation = { types: ['handoff'], to: 'operator' } as const;
    const elsewhere = refusal(messageOf('handoff'), { ...expectation, sealedTo: filled(8, 8) });
    expect(elsewhere.code).toBe('other-station');
    expect(elsewhere.message).toContain('The token in this handoff is sealed to another station');
    const late = refusal(messageOf('handoff'), { ...expectation, now: new Date('2026-05-01T17:00:00Z') });
    expect(late.code).toBe('expired');
    expect(late.message).toContain('The token is alive');
  });

  test('with words that say what to do', () => {
    for (const type of types) {
      for (const expected of types) {
        for (const to of roles) {
          if (type === expected || !directions[expected].to.includes(to)) continue;
          const { message } = refusal(messageOf(type), { types: [expected], to });
          expect(message).toMatch(/^This is an? \w+ message[:,] .* Ask .*\.$/);
        }
      }
    }
  });
});
