import fc from 'fast-check';

/** Something that a tool or a person does to a text, between its writer and its reader. */
type Change = (text: string) => string;

const wrapped =
  (width: number, end: string): Change =>
  (text) =>
    (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);

/** What breaks a value into lines. */
const breaks = fc
  .tuple(fc.integer({ min: 20, max: 80 }), fc.constantFrom('\n', '\r\n', '\r', '\n  ', '\n> ', '\n\u00a0'))
  .map(([width, end]) => wrapped(width, end));

/** What marks it out as a value. */
const quoted: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  (text) => `"${text}"`,
  (text) => `“${text}”`,
  (text) => `'${text}',`,
  (text) => `«\u00a0${text}\u00a0»`,
  (text) => `["${text}"]`,
  (text) => `- ${text}`,
  (text) => `$ ${text}`,
  (text) => `user@host:~$ ${text}`,
  (text) => `PS C:\\Users\\ada> ${text}`,
);

/** What stands around all of it. */
const around: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  (text) => text,
  (text) => `\u200b${text}\ufeff`,
  (text) => `\t${text} \n\n`,
  (text) => text.replace(/^/gm, '    '),
  (text) => text.replace(/^/gm, '> '),
  (text) => text.replace(/^/gm, '>> '),
  (text) => text.replaceAll('\n', '\r\n'),
);

/** How answers name a value, by the names they have for it. */
const named = (lines: readonly string[], json: readonly string[]): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.constantFrom(...lines).map(
      (name): Change =>
        (text) =>
          `${name}: ${text}`,
    ),
    fc.constantFrom(...lines).map(
      (name): Change =>
        (text) =>
          `${name}    ${text}\n`,
    ),
    fc.constantFrom(...json).map(
      (name): Change =>
        (text) =>
          JSON.stringify({ started: true, [name]: text }),
    ),
    fc.constantFrom(...json).map(
      (name): Change =>
        (text) =>
          JSON.stringify({ [name]: [text], n: 'x' }, null, 2),
    ),
    fc.constantFrom(...json).map(
      (name): Change =>
        (text) =>
          `  "${name}": "${text}",\n`,
    ),
    fc.constantFrom(...json).map(
      (name): Change =>
        (text) =>
          `${name}:\n- ${text}\n`,
    ),
  );

/** Changes that a value survives: broken into lines, quoted or named, and what a mail does to all of it. */
export const changes = (lines: readonly string[], json: readonly string[]): fc.Arbitrary<Change> =>
  fc
    .tuple(
      fc.oneof(
        fc.constant<Change>((text) => text),
        fc.tuple(breaks, quoted).map(
          ([first, then]): Change =>
            (text) =>
              then(first(text)),
        ),
        quoted,
        breaks,
        named(lines, json),
      ),
      around,
      around,
    )
    .map(
      ([first, second, third]) =>
        (text) =>
          third(second(first(text))),
    );

/** A text as a file in one of the encodings that people have. */
export const encoded = (text: string, how: 'utf-8' | 'bom' | 'utf-16' | 'utf-16be'): Uint8Array => {
  if (how === 'utf-8') return new TextEncoder().encode(text);
  if (how === 'bom') return new TextEncoder().encode(`\ufeff${text}`);
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(how === 'utf-16' ? little : little.swap16());
};
export const encodings = fc.constantFrom('utf-8', 'bom', 'utf-16', 'utf-16be');
