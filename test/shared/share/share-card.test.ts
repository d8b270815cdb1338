import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64, toHex } from '../../../shared/bytes';
import { closeGroup, written } from '../../../shared/share/card-group';
import { enteredShare } from '../../../shared/share/entered-share';
import { parseShare, type Share, shareOfBytes, shareText } from '../../../shared/share/share';
import { cardGroups, cardQrText, inspectCard, isCardText, parseCard } from '../../../shared/share/share-card';
import { ShareError } from '../../../shared/share/share-error';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const ofLength = (length: number): fc.Arbitrary<Share> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) =>
    shareOfBytes(
      bytes.map((byte, at) => (at === 32 ? byte || 1 : byte)),
      'hex',
    ),
  );
const usual = ofLength(33);
const anyLength = fc.integer({ min: 16, max: 33 }).chain(ofLength);
const place = fc.nat({ max: 9 });

function problemOf(text: string): ShareError {
  try {
    parseCard(text);
  } catch (error) {
    if (error instanceof ShareError) return error;
    throw error;
  }
  throw new Error('the card was accepted');
}

/** Replaces the `at`-th character of a group ("K7QF 3M2X", the space not counted). */
function withCharacter(group: string, at: number, character: string): string {
  const index = at < 4 ? at : at + 1;
  return group.slice(0, index) + character + group.slice(index + 1);
}

const inPlace = (groups: readonly string[], at: number, group: string): string[] =>
  groups.map((each, index) => (index === at ? group : each));

describe('a share card', () => {
  it('gives back the share it was made of, for every length that servers accept', () => {
    fc.assert(
      fc.property(anyLength, (share) => {
        const groups = cardGroups(share);
        expect(groups).toHaveLength(Math.ceil((Math.ceil((share.bytes.length * 8) / 5) + 7) / 6));
        for (const group of groups) expect(group).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/);
        const back = parseCard(groups.join('\n'));
        expect(back.bytes).toEqual(share.bytes);
        expect(back.encoding).toBe('card');
        expect(inspectCard(groups.join(' '))).toEqual(groups.map(() => 'right'));
      }),
    );
  });

  it('stays readable to later versions: this card is of this share', () => {
    const share = parseShare('eb884f6fef16ecd34abd982b63db5c9b5229c66c534f6959496673ec8db44d0492');
    expect(cardGroups(share)).toEqual([
      'HXE4 4YZ2',
      'VZF2 VPGP',
      'D6JN XKPQ',
      '0NP7 PTXH',
      'WKD9 2K5T',
      'HKCA D72A',
      'PJPA 9C2R',
      'SSYS 3DAB',
      'M9M2 9469',
      '6JGR 7KXZ',
    ]);
  });

  it('does not mind case, spaces, dashes, group numbers, nor I, L, O and U for 1, 1, 0 and V', () => {
    const separator = fc.constantFrom('', ' ', '  ', '-', '–', '\n', '\t', ' - ', '.\n');
    const hand = fc.record({
      lower: fc.boolean(),
      between: separator,
      within: separator,
      confuse: fc.boolean(),
    });
    fc.assert(
      fc.property(anyLength, hand, ({ bytes, ...share }, { lower, between, within, confuse }) => {
        let text = cardGroups({ bytes, ...share } as Share)
          .map((group) => group.replace(' ', within))
          .join(between);
        if (confuse) text = text.replaceAll('1', 'l').replaceAll('0', 'O').replaceAll('V', 'u');
        expect(parseCard(lower ? text.toLowerCase() : text).bytes).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(anyLength, (share) => {
        const numbered = cardGroups(share).map((group, index) => `${index + 1}. ${group}`);
        expect(parseCard(numbered.join('\n')).bytes).toEqual(share.bytes);
      }),
    );
  });
});

describe('a share card that is being typed', () => {
  it('shows each group as it is done, and calls none wrong before its end', () => {
    fc.assert(
      fc.property(usual, place, fc.integer({ min: 1, max: 7 }), (share, done, begun) => {
        const groups = cardGroups(share);
        const next = (groups[done] ?? '').replace(' ', '').slice(0, begun);
        expect(inspectCard([...groups.slice(0, done), next].join('\n'))).toEqual(
          groups.map((_, index) => (index < done ? 'right' : index === done ? 'begun' : 'missing')),
        );
      }),
    );
    expect(inspectCard('')).toEqual(Array.from({ length: 10 }, () => 'missing'));
  });

  it('does not call the group before it wrong where the begun one happens to fit with its end', () => {
    const share = parseShare(`${'00'.repeat(25)}ffc800002ea00001`);
    const groups = cardGroups(share);
    const typed = [...groups.slice(0, 8), (groups[8] ?? '').slice(0, 2)].join(' ');
    expect(inspectCard(typed).slice(7)).toEqual(['right', 'begun', 'missing']);
  });
});

describe('a typing error in a share card', () => {
  it('of one character is always found in its group, and in no other', () => {
    fc.assert(
      fc.property(
        anyLength,
        fc.nat(),
        fc.nat({ max: 7 }),
        fc.constantFrom(...alphabet, '?', 'é'),
        (share, group, at, character) => {
          const groups = cardGroups(share);
          const index = group % groups.length;
          const right = groups[index] ?? '';
          const typo = withCharacter(right, at, character);
          fc.pre(typo !== right);
          const error = problemOf(inPlace(groups, index, typo).join(' '));
          expect(error.code).toBe('card-group');
          expect(error.message).toMatch(new RegExp(`^Group ${index + 1} is wrong\\. The others fit`));
          expect(inspectCard(inPlace(groups, index, typo).join(' '))).toEqual(
            groups.map((_, each) => (each === index ? 'wrong' : 'right')),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of two characters in one group is always found there too', () => {
    fc.assert(
      fc.property(
        usual,
        place,
        fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 2, maxLength: 2 }),
        fc.tuple(fc.constantFrom(...alphabet), fc.constantFrom(...alphabet)),
        (share, index, [first = 0, second = 0], [a, b]) => {
          const groups = cardGroups(share);
          const right = groups[index] ?? '';
          const typo = withCharacter(withCharacter(right, first, a), second, b);
          fc.pre(typo !== right);
          expect(inspectCard(inPlace(groups, index, typo).join(' '))[index]).toBe('wrong');
          expect(problemOf(inPlace(groups, index, typo).join(' ')).message).toContain(
            `Group ${index + 1} is wrong`,
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('names each of several wrong groups', () => {
    fc.assert(
      fc.property(usual, fc.uniqueArray(place, { minLength: 2, maxLength: 5 }), (share, indexes) => {
        const groups = cardGroups(share).map((group, index) =>
          indexes.includes(index) ? withCharacter(group, 2, group[2] === 'Q' ? 'R' : 'Q') : group,
        );
        expect(inspectCard(groups.join('-'))).toEqual(
          groups.map((_, index) => (indexes.includes(index) ? 'wrong' : 'right')),
        );
        const numbers = [...indexes].sort((a, b) => a - b).map((index) => index + 1);
        expect(problemOf(groups.join('-')).message).toContain(
          `Groups ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)} are wrong.`,
        );
      }),
    );
  });

  it('says so where two groups have changed places', () => {
    fc.assert(
      fc.property(usual, fc.uniqueArray(place, { minLength: 2, maxLength: 2 }), (share, pair) => {
        const [a = 0, b = 0] = [...pair].sort((x, y) => x - y);
        const groups = cardGroups(share);
        const swapped = inPlace(inPlace(groups, a, groups[b] ?? ''), b, groups[a] ?? '');
        const error = problemOf(swapped.join(' '));
        expect(error.code).toBe('card-group');
        expect(error.message).toContain(`Groups ${a + 1} and ${b + 1} have changed places`);
      }),
    );
  });

  it('names a missing group', () => {
    fc.assert(
      fc.property(usual, place, (share, index) => {
        const groups = cardGroups(share).filter((_, each) => each !== index);
        const error = problemOf(groups.join(' '));
        expect(error.code).toBe('card-group');
        if (index > 0) expect(error.message).toContain(`Group ${index + 1} is missing`);
      }),
    );
  });

  it('names a group that stands there twice', () => {
    fc.assert(
      fc.property(usual, place, (share, index) => {
        const groups = cardGroups(share).flatMap((group, each) =>
          each === index ? [group, group] : [group],
        );
        const error = problemOf(groups.join(' '));
        expect(error.code).toBe('card-group');
        expect(error.message).toContain(`Group ${index + 1} stands there once more`);
      }),
    );
  });

  it('names a group that stands in the place of another', () => {
    fc.assert(
      fc.property(usual, fc.uniqueArray(place, { minLength: 2, maxLength: 2 }), (share, [a = 0, b = 1]) => {
        const groups = cardGroups(share);
        const error = problemOf(inPlace(groups, a, groups[b] ?? '').join(' '));
        expect(error.message).toContain(
          `Group ${a + 1} is wrong. Where group ${a + 1} belongs stands what looks like group ${b + 1}`,
        );
      }),
    );
  });

  it.each([
    ['left out', (group: string) => group.slice(1)],
    ['doubled', (group: string) => `${group[0]}${group}`],
  ])('is found in its group where a character is %s', (_, type) => {
    fc.assert(
      fc.property(usual, fc.integer({ min: 1, max: 9 }), (share, index) => {
        const groups = cardGroups(share);
        const typed = inPlace(groups, index, type(groups[index] ?? ''));
        const error = problemOf(typed.join(''));
        expect(error.code).toBe('card-group');
        const named = [...error.message.matchAll(/\d+/g)].map(([number]) => Number(number));
        // A character that is equal to its neighbour across the border may be counted to either group.
        expect(named.some((number) => Math.abs(number - index - 1) <= 1)).toBe(true);
        expect(named.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('is found at the end where groups are of two cards: each fits, but not together', () => {
    fc.assert(
      fc.property(usual, usual, fc.integer({ min: 1, max: 8 }), (one, other, index) => {
        const groups = cardGroups(one);
        const foreign = cardGroups(other)[index] ?? '';
        fc.pre(groups[index] !== foreign);
        expect(problemOf(inPlace(groups, index, foreign).join(' ')).code).toBe('card-checksum');
      }),
    );
  });

  it('says that a card of an unknown form is of a newer version', () => {
    expect(problemOf(written(closeGroup([31, 0, 0, 0, 0, 0], 0))).code).toBe('card-version');
  });

  it('never accepts garbage, and never repeats it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 450 }), (text) => {
        const error = problemOf(text);
        expect(['empty', 'length', 'card-group', 'card-version', 'card-checksum']).toContain(error.code);
        if (text.trim().length > 12) expect(error.message).not.toContain(text.trim());
      }),
    );
  });
});

describe('a share that is entered', () => {
  it('is told apart by its form: hex, base64, card or the code of a card', () => {
    fc.assert(
      fc.property(usual, (share) => {
        const hex = shareText(share);
        const card = cardGroups(share).join('\n');
        for (const text of [
          hex,
          toBase64(share.bytes),
          card,
          card.toLowerCase(),
          card.replace(/\s/g, ''),
          cardQrText(share),
        ])
          expect(toHex(enteredShare(text, 3).bytes)).toBe(hex);
        expect(isCardText(hex) || isCardText(toBase64(share.bytes))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('as the first groups of a card only is told which are missing, not how long hex and base64 are', () => {
    fc.assert(
      fc.property(usual, fc.integer({ min: 1, max: 9 }), (share, count) => {
        const begun = cardGroups(share).slice(0, count).join(' ');
        expect(() => enteredShare(begun, 3)).toThrowError(
          expect.objectContaining({
            code: 'card-group',
            message: expect.stringMatching(
              /10 (is|are) missing\. The others? (one )?fits?\. Compare with the card, and add/,
            ),
          }),
        );
      }),
    );
  });

  it.each([
    ['hex with a wrong character', `g${'a7'.repeat(32)}0`, 'alphabet'],
    ['a token', 'hvs.CAESIJ3uO5m2rF2yq0000000', 'not-a-share'],
    [
      'a card of a share for another threshold',
      cardGroups(shareOfBytes(new Uint8Array(32).fill(7), 'hex')).join(' '),
      'length',
    ],
  ])('is not taken for something else: %s', (_, text, code) => {
    expect(() => enteredShare(text, 3)).toThrowError(expect.objectContaining({ code }));
  });
});
