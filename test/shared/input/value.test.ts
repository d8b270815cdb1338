import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64, toHex } from '../../../shared/bytes';
import { plainText } from '../../../shared/input/plain-bytes';
import { tokenIn } from '../../../shared/input/token-text';
import { urTexts } from '../../../shared/input/ur-texts';
import { encodedTokenIn, otpIn, pgpShareIn } from '../../../shared/input/value';
import { makeOutgoing, UrReader, urText } from '../../../shared/qr/ur';
import { enteredShare, holdsShare } from '../../../shared/share/entered-share';
import { shareOfBytes } from '../../../shared/share/share';
import { cardGroups } from '../../../shared/share/share-card';
import { changes, encoded, encodings } from './surroundings';

/** A share of a server-made key: 33 bytes, the last of which isn't 0. */
const share = fc
  .tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 255 }))
  .map(([bytes, x]) => Uint8Array.from([...bytes, x]));
const forms = [
  toHex,
  (bytes: Uint8Array) => toHex(bytes).toUpperCase(),
  toBase64,
  (bytes: Uint8Array) => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_'),
] as const;
const form = fc.constantFrom(...forms);
const shareLines = ['Unseal Key 1', 'Recovery Key 3', 'Key 2', 'Share', 'unseal key'];
const shareJson = ['key', 'unseal_keys_b64', 'keys_base64', 'recovery_keys_hex', 'share'];
const asFile = (text: string, how: 'utf-8' | 'bom' | 'utf-16' | 'utf-16be'): string =>
  plainText(encoded(text, how)) ?? 'no text';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'a value';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a share', () => {
  test('comes back out of whatever tools and people put around it', () => {
    fc.assert(
      fc.property(share, form, changes(shareLines, shareJson), encodings, (bytes, write, change, how) => {
        const text = asFile(change(write(bytes)), how);
        expect([text, codeOf(() => enteredShare(text))]).toEqual([text, 'a value']);
        expect(toHex(enteredShare(text).bytes)).toBe(toHex(bytes));
        expect([text, holdsShare(text)]).toEqual([text, true]);
      }),
      { numRuns: 600 },
    );
  });

  const several = fc
    .tuple(
      fc.uniqueArray(fc.tuple(share, form), {
        minLength: 2,
        maxLength: 6,
        selector: ([bytes]) => toHex(bytes),
      }),
      fc.constantFrom<(values: string[]) => string>(
        (values) => values.join('\n'),
        (values) => values.join(' '),
        (values) => values.join(','),
        (values) => values.join(''),
        (values) => JSON.stringify(values),
        (values) => JSON.stringify({ keys_base64: values }, null, 2),
        (values) => values.map((value) => JSON.stringify({ key: value })).join('\n'),
        (values) => values.map((value, i) => `Unseal Key ${i + 1}: ${value}`).join('\n'),
        (values) => values.map((value, i) => `Unseal Key ${i + 1}: ${value}`).join(''),
        (values) => `Unseal Key 1: ${values.join('\n')}`,
        (values) => `unseal_keys_hex:\n${values.map((value) => `- ${value}\n`).join('')}`,
        (values) => `my share is ${values[0]}, and hers\n${values.slice(1).join(' ')}`,
        (values) => `Unseal Key 1: ${values[0]}\n\nand on the back of it ${values[1]}`,
        (values) => `{"key": "${values[0]}"}\n${values.slice(1).join('\n')}`,
      ),
      fc.constantFrom(
        (text: string) => text,
        (text: string) => text.replace(/^/gm, '> '),
        (text: string) => text.replaceAll('"', '”'),
        (text: string) => text.replaceAll('\n', '\r\n'),
      ),
    )
    .map(([values, write, change]) => change(write(values.map(([bytes, as]) => as(bytes)))));

  test('never comes out of text that holds several', () => {
    fc.assert(
      fc.property(several, encodings, (text, how) => {
        expect(codeOf(() => enteredShare(asFile(text, how)))).not.toBe('a value');
      }),
      { numRuns: 600 },
    );
  });

  test('never comes out of text with a root token beside it, which is said', () => {
    const token = fc.stringMatching(/^(hvs|s)\.[A-Za-z0-9]{24}$/);
    const beside = fc.constantFrom('Initial Root Token: ', 'root_token: ', '', '"root_token": "');
    fc.assert(
      fc.property(share, form, token, beside, (bytes, write, secret, name) => {
        const text = `Unseal Key 1: ${write(bytes)}\n\n${name}${secret}\n`;
        expect(codeOf(() => enteredShare(text))).toBe('token-in-clear');
      }),
    );
  });

  test('in the form of the server’s own two lists is one share where they hold the same', () => {
    fc.assert(
      fc.property(share, (bytes) => {
        const text = JSON.stringify({ keys: [toHex(bytes)], keys_base64: [toBase64(bytes)] });
        expect(toHex(enteredShare(text).bytes)).toBe(toHex(bytes));
      }),
    );
  });
});

describe('a key share in the clear', () => {
  test('is said of a card, whole or with a typing error', () => {
    fc.assert(
      fc.property(share, fc.nat(79), fc.constantFrom(' ', '\n', '-'), (bytes, at, between) => {
        const text = cardGroups(shareOfBytes(bytes, 'hex')).join(between);
        expect(holdsShare(text)).toBe(true);
        expect(holdsShare(text.slice(0, at) + text.slice(at + 1))).toBe(true);
        expect(holdsShare(text.toLowerCase())).toBe(true);
      }),
    );
  });

  test('is never said of addresses, of codes on a wall, nor of words', () => {
    const word = fc.stringMatching(/^[a-z]{2,12}$/);
    const texts = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.emailAddress(),
      fc.array(word, { minLength: 5, maxLength: 40 }).map((words) => words.join(' ')),
      fc
        .array(word, { minLength: 5, maxLength: 12 })
        .map((words) => `https://${words.join('.')}/${words.join('-')}`),
      fc.tuple(word, word).map(([name, secret]) => `WIFI:T:WPA;S:${name};P:${secret}${name}${secret}2026;;`),
      fc
        .uint8Array({ minLength: 40, maxLength: 300 })
        .map((bytes) => urText(bytes).replace(/.{80}/g, '$&\n')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect([text, holdsShare(text)]).toEqual([text, false]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** An encrypted OpenPGP message as servers make them, as far as its packets’ headers go. */
const message = fc
  .tuple(fc.uint8Array({ minLength: 94, maxLength: 94 }), fc.uint8Array({ minLength: 80, maxLength: 180 }))
  .map(([session, body]) => Uint8Array.from([0xc1, 94, ...session, 0xd2, body.length, ...body]));

describe('a PGP message in base64', () => {
  test('comes back out of what tools put around it, as a share and as an encoded token', () => {
    const lines = ['Unseal Key 1', 'Recovery Key 2'];
    fc.assert(
      fc.property(
        message,
        changes(lines, ['keys_base64', 'unseal_keys_b64']),
        encodings,
        (bytes, change, how) => {
          expect(pgpShareIn(asFile(change(toBase64(bytes)), how))).toBe(toBase64(bytes));
        },
      ),
    );
    fc.assert(
      fc.property(message, changes(['Encoded Token'], ['encoded_token']), encodings, (bytes, change, how) => {
        expect(encodedTokenIn(asFile(change(toBase64(bytes)), how))).toBe(toBase64(bytes));
      }),
    );
  });

  test('of several, none is taken', () => {
    fc.assert(
      fc.property(fc.uniqueArray(message, { minLength: 2, maxLength: 4, selector: toHex }), (messages) => {
        const values = messages.map(toBase64);
        for (const text of [
          values.join('\n'),
          JSON.stringify({ keys_base64: values }),
          values.map((value, i) => `Unseal Key ${i + 1}: ${value}`).join('\n'),
          values.map((value, i) => `Key ${i + 1} fingerprint: abcd; value: ${value}`).join('\n'),
        ])
          expect(codeOf(() => pgpShareIn(text))).toBe('several-values');
      }),
    );
  });
});

describe('an encoded token and its password', () => {
  test('come back out of JSON, tables and quotes', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9]{38}$/);
    fc.assert(
      fc.property(
        value,
        changes(['Encoded Token'], ['encoded_token', 'encoded_root_token']),
        (text, change) => {
          expect(encodedTokenIn(change(text))).toBe(text);
        },
      ),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{28}$/), changes(['OTP'], ['otp']), (text, change) => {
        expect(otpIn(change(text))).toBe(text);
      }),
    );
  });
});

describe('the text of a code', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 600 });
  const words = fc.constantFrom(
    '',
    'Hi,\nhere is my code:\n\n',
    'code follows\n',
    '> On Monday Ada wrote:\n> ',
  );
  const ends = fc.constantFrom(
    '',
    '\n\nRegards\nAda',
    '\nthanks',
    '"',
    ' and that is all',
    '\n-- \nAda Lovelace',
  );

  test('comes back whole out of mails, wraps and quotes', () => {
    fc.assert(
      fc.property(
        bytes,
        words,
        ends,
        fc.integer({ min: 20, max: 120 }),
        fc.constantFrom('', '> ', '    ', '| '),
        (message, before, after, width, mark) => {
          const wrapped = urText(message).replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
          const [text = ''] = urTexts(`${before}${wrapped}${after}`.replace(/^/gm, mark));
          expect(new UrReader().receive(text)).toMatchObject({ status: 'complete', bytes: message });
        },
      ),
    );
  });

  test('in parts comes together, each of them wrapped', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 400, maxLength: 700 }),
        fc.integer({ min: 30, max: 90 }),
        (message, width) => {
          const out = makeOutgoing(message, 200);
          const parts = Array.from({ length: out.partCount }, (_, i) => out.part(i));
          const reader = new UrReader();
          const lines = parts.map((part) => part.replace(new RegExp(`.{${width}}`, 'g'), '$&\n')).join('\n');
          const received = urTexts(`Parts:\n${lines}\nBye.`).map((text) => reader.receive(text));
          expect(received.at(-1)).toMatchObject({ status: 'complete', bytes: message });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a token', () => {
  const token = fc.stringMatching(/^(hvs|s|hvb)\.[A-Za-z0-9_-]{24,60}$/);

  test('comes out of quotes and encodings, byte for byte', () => {
    const around = fc.constantFrom('"', "'", '“', '”', ' ', '\u00a0', '\n', '\r\n', '');
    fc.assert(
      fc.property(token, around, around, (text, before, after) => {
        const bytes = new TextEncoder().encode(`${before}${text}${after}`);
        expect(new TextDecoder().decode(tokenIn(bytes, 'The file'))).toBe(text);
      }),
    );
  });

  test('is nothing with a name, a brace, a space or a second line in it', () => {
    const spoilt = fc.constantFrom<(text: string) => string>(
      (text) => `token    ${text}`,
      (text) => `{"token":"${text}"}`,
      (text) => `token: ${text}`,
      (text) => `${text}\n${text}`,
      (text) => `${text} x`,
      (text) => `${text}é`,
      () => '""',
      () => '',
    );
    fc.assert(
      fc.property(token, spoilt, (text, spoil) => {
        const bytes = new TextEncoder().encode(spoil(text));
        expect(codeOf(() => tokenIn(bytes, 'The file'))).toBe('not-a-token');
      }),
    );
  });
});
