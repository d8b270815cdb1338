import { sha256 } from '@noble/hashes/sha2.js';
import { asciiBytes, newSecret, toHex, wipe } from '../bytes';
import { type Alignment, alignGroups, type Slot } from './card-alignment';
import { closeGroup, dataLength, groupLength, placeOf, symbolsOf, written } from './card-group';
import { longestShare, type Share, shareOfBytes, shortestShare } from './share';
import { ShareError } from './share-error';

/**
 * A share on paper, to be typed back: ten numbered groups of eight characters (fewer for shorter keys). The
 * symbols of a card are its length less 16, the share's bits in fives, zeros up to whole groups, and six of
 * SHA-256 over all of that. Each group has check symbols of its own (card-group.ts), so a typing error is
 * found in its group, not only somewhere. The card is the share itself: whoever sees it has it, and the
 * checksums say nothing more than that.
 */

const checksumLength = 6;
/** More than any card with its marks, spaces and group numbers. */
const longestText = 400;

const dataSymbols = (length: number): number => 1 + Math.ceil((length * 8) / 5);
const groupCount = (length: number): number => Math.ceil((dataSymbols(length) + checksumLength) / dataLength);
const smallest = groupCount(shortestShare);
const largest = groupCount(longestShare);

function toSymbols(bytes: Uint8Array): number[] {
  const symbols: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) symbols.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) symbols.push((held << (5 - bits)) & 31);
  return symbols;
}

function toBytes(symbols: readonly number[], length: number): Uint8Array {
  const bytes = newSecret(length);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const symbol of symbols) {
    held = ((held << 5) | symbol) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    if (at < length) bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}

const tag = asciiBytes('airlock share card v1');

/** All symbols of a card, without the groups' own check symbols. */
function cardSymbols(bytes: Uint8Array): number[] {
  const symbols = [bytes.length - shortestShare, ...toSymbols(bytes)];
  while (symbols.length < groupCount(bytes.length) * dataLength - checksumLength) symbols.push(0);
  const digest = sha256(Uint8Array.from([...tag, ...symbols]));
  return [...symbols, ...toSymbols(digest).slice(0, checksumLength)];
}

/** The groups of a share's card in order, each as two halves: "K7QF 3M2X". A secret. */
export function cardGroups(share: Share): string[] {
  const symbols = cardSymbols(share.bytes);
  return Array.from({ length: symbols.length / dataLength }, (_, place) => {
    const group = written(closeGroup(symbols.slice(place * dataLength, (place + 1) * dataLength), place));
    return `${group.slice(0, groupLength / 2)} ${group.slice(groupLength / 2)}`;
  });
}

/**
 * What the card's QR code holds: the share as upper-case hex, and no form of our own. Paper outlives
 * programs: any reader and `vault operator generate-root` take it as it is, Airlock takes it wherever it
 * takes a share, and stations that expect a message recognise it and refuse it by name. The code's own
 * Reed–Solomon checks it. A secret.
 */
export const cardQrText = (share: Share): string => toHex(share.bytes).toUpperCase();

/** Length of the share in bytes, as the first group says it. Null where no share has that length. */
function lengthIn(symbols: readonly number[]): number | null {
  const length = shortestShare + (symbols[0] ?? 0);
  return length <= longestShare ? length : null;
}

/** How many groups the first one tells of, or null where it doesn't fit yet. */
function countOf(symbols: readonly number[]): number | null {
  if (placeOf(symbols.slice(0, groupLength)) !== 0) return null;
  const length = lengthIn(symbols);
  return length === null ? null : groupCount(length);
}

function align(symbols: readonly number[]): Alignment {
  const count = countOf(symbols);
  if (count !== null) return alignGroups(symbols, count);
  // The largest first: it is the usual one, and wins where two explain the text equally well.
  let best = alignGroups(symbols, largest);
  for (let count = largest - 1; count >= smallest; count--) {
    const other = alignGroups(symbols, count);
    if (other.cost < best.cost) best = other;
  }
  return best;
}

/**
 * One group of a card as far as it is typed. `wrong`: also what belongs elsewhere. `begun`: it lacks its end
 * yet.
 */
export type GroupState = 'right' | 'wrong' | 'missing' | 'begun';

/** How each group of typed card text stands, in order. Text over 400 characters is no card: an empty list. */
export function inspectCard(text: string): GroupState[] {
  if (text.length > longestText) return [];
  const symbols = symbolsOf(text);
  const { slots } =
    symbols.length < smallest * groupLength
      ? alignGroups(symbols, countOf(symbols) ?? largest)
      : align(symbols);
  return slots.flatMap((slot, at) => {
    if (slot.kind === 'extra') return [];
    const last = slots.slice(at + 1).every((later) => later.kind === 'missing');
    return slot.kind === 'wrong' && slot.length < groupLength && last ? ['begun' as const] : [slot.kind];
  });
}

/**
 * Whether a text is meant as a card, rather than as hex or base64: it is long enough, about half of its
 * characters are none of hex (in hex with a typing error few are), and it isn't in the mixed case of base64.
 */
export function isCardText(text: string): boolean {
  const joined = text.replace(/[\s\p{Pd}]/gu, '');
  if (text.length > longestText || joined.length < 30) return false;
  if (/^ur:/i.test(joined) || /[+=]/.test(joined)) return false;
  const foreign = joined.replace(/[0-9a-f]/gi, '').length;
  if (foreign < joined.length / 5) return false;
  const mixed = /[a-z]/.test(joined) && /[A-Z]/.test(joined);
  return !mixed || joined.length > 50 || /\S{4}[\s\p{Pd}]+\S{4}[\s\p{Pd}]+\S{4}/u.test(text);
}

/** Groups that no other text has by chance, each in its own place: five check bits twice for each of them. */
const surelyACard = 4;

/** Whether a text holds a card, or most of one: four of its groups fit, as far apart as they are on it. */
export function holdsCard(text: string): boolean {
  if (text.length > longestText) return false;
  const symbols = symbolsOf(text);
  const byBeginning = new Map<number, number>();
  for (let at = 0; at + groupLength <= symbols.length; at++) {
    const place = placeOf(symbols.slice(at, at + groupLength));
    if (place === null || place >= largest) continue;
    const beginning = at - place * groupLength;
    const found = (byBeginning.get(beginning) ?? 0) + 1;
    if (found >= surelyACard) return true;
    byBeginning.set(beginning, found);
  }
  return false;
}

/** Whether a text that is too short for a card begins with the first group of one. */
export const isCardBeginning = (text: string): boolean =>
  text.length <= longestText && placeOf(symbolsOf(text).slice(0, groupLength)) === 0;

/**
 * The share of a card that was typed, pasted or read. Case, spaces, dashes and I/L/O/U for 1/1/0/V don't
 * matter. Throws `ShareError`: 'card-group' naming what is wrong with which group; 'card-checksum' where all
 * groups fit but not together (groups of two cards, for one); 'card-version'; and 'x-coordinate'.
 */
export function parseCard(text: string): Share {
  if (text.trim() === '') throw new ShareError('empty', 'There is no share card. Type its groups in order.');
  if (text.length > longestText)
    throw new ShareError('length', 'This is too long for a share card, which has ten groups at most.');
  const symbols = symbolsOf(text);
  if (placeOf(symbols.slice(0, groupLength)) === 0 && lengthIn(symbols) === null)
    throw new ShareError(
      'card-version',
      'This card was made by a newer Airlock than this one. Open it with that version, or scan its code: that holds the share in hex.',
    );
  const { slots, cost } = align(symbols);
  if (cost > 0) throw new ShareError('card-group', whatIsWrong(slots));
  const data = slots.flatMap((_, place) =>
    symbols.slice(place * groupLength, place * groupLength + dataLength),
  );
  const length = lengthIn(data) ?? shortestShare;
  const bytes = toBytes(data.slice(1, dataSymbols(length)), length);
  if (cardSymbols(bytes).join() !== data.join()) {
    wipe(bytes);
    throw new ShareError(
      'card-checksum',
      'Every group fits by itself, but together they make no share. A group may be from another card: compare all of them with the paper, the first and the last too.',
    );
  }
  return shareOfBytes(bytes, 'card');
}

interface Fault {
  readonly number: number;
  readonly fits: number | null;
}

/** The sentence for a card that doesn't fit: each group by its number, as it is printed. */
function whatIsWrong(slots: readonly Slot[]): string {
  const wrong: Fault[] = [];
  const missing: number[] = [];
  const extra: Fault[] = [];
  let number = 0;
  for (const slot of slots) {
    if (slot.kind !== 'extra') number += 1;
    if (slot.kind === 'wrong') wrong.push({ number, fits: slot.fits });
    if (slot.kind === 'missing') missing.push(number);
    if (slot.kind === 'extra') extra.push({ number, fits: slot.fits });
  }
  const right = number - wrong.length - missing.length;
  const onlyMissing = wrong.length + extra.length === 0;
  if (right < 2 && number > 2 && !onlyMissing)
    return 'Hardly any of these groups fits. Check that this is a share card, and that it begins with its group 1.';
  const said = [
    wrong.length === 0 ? '' : `${groups(wrong.map((fault) => fault.number))} ${isOrAre(wrong.length)} wrong.`,
    ...hints(wrong),
    missing.length === 0 ? '' : `${groups(missing)} ${isOrAre(missing.length)} missing.`,
    ...extra.map(({ number: after, fits }) =>
      fits === null
        ? `There is something too much ${after === 0 ? 'before group 1' : `after group ${after}`}.`
        : `Group ${fits + 1} stands there once more ${after === 0 ? 'before group 1' : `after group ${after}`}.`,
    ),
  ];
  return `${said.filter((sentence) => sentence !== '').join(' ')} ${right === number ? 'The groups themselves fit.' : right === 1 ? 'The other one fits.' : 'The others fit.'} Compare with the card, and ${onlyMissing ? 'add what is missing' : 'correct it'}.`;
}

function* hints(wrong: readonly Fault[]): Generator<string> {
  for (const { number, fits } of wrong) {
    if (fits === null || fits + 1 === number) continue;
    const other = wrong.find((fault) => fault.number === fits + 1);
    const swapped = other?.fits === number - 1;
    if (swapped && number < fits + 1) yield `Groups ${number} and ${fits + 1} have changed places.`;
    if (!swapped) yield `Where group ${number} belongs stands what looks like group ${fits + 1}.`;
  }
}

const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');

/** "Group 4", "Groups 4 and 7", "Groups 1, 4 and 7" */
function groups(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? 0;
  return numbers.length === 1 ? `Group ${last}` : `Groups ${numbers.slice(0, -1).join(', ')} and ${last}`;
}
