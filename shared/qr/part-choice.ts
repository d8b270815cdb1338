import { fragmentsOf } from './fragment-choice';

/** Fewest fragments mixed into most of the later parts. */
const fewest = 3;
/** Numbers a later part is chosen from. */
const choice = 8;
/**
 * Every so many later parts is what its number makes it: readers that can't solve need some of one fragment.
 */
const unchosen = 4;

/**
 * BCR-2020-005 number (from 1) of the part shown at `index` (from 0): the plain ones in order, then mixed
 * ones.
 *
 * A part's number decides what is mixed into it, and a sender may leave numbers out. Mixes of one or two
 * fragments mostly repeat what a reader has, so that three of four mixed parts are chosen among eight numbers
 * for having more: with 22 parts and 30 % loss, a message is whole after 8 % fewer codes.
 */
export function partNumber(index: number, fragmentCount: number, checksum: number): number {
  if (index < fragmentCount) return index + 1;
  const later = index - fragmentCount;
  const first = fragmentCount + 1 + ((later * choice) % (2 ** 32 - 2 * (fragmentCount + choice)));
  if (later % unchosen === 0) return first;
  const enough = Math.min(fewest, fragmentCount);
  for (let number = first; number < first + choice; number++) {
    if (fragmentsOf({ number, fragmentCount, checksum }).length >= enough) return number;
  }
  return first;
}
