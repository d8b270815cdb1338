import { groupLength, placeOf } from './card-group';

/** What stands where a group belongs. `extra` stands between: it belongs nowhere. */
export type Slot =
  | { readonly kind: 'right'; readonly from: number }
  /** `fits`: another place (from 0) that these symbols fit in. */
  | { readonly kind: 'wrong'; readonly from: number; readonly length: number; readonly fits: number | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'extra'; readonly from: number; readonly length: number; readonly fits: number | null };

export interface Alignment {
  readonly slots: readonly Slot[];
  /** 0: every group stands in its place and fits. */
  readonly cost: number;
}

/**
 * A wrong character is likelier than a missing one, and that than a whole group too few or too many. No
 * explanation is cheaper than one wrong group of full length: where that is all there is, it is the one that
 * is named.
 */
const wrongCost = 10;
const groupCost = 12;
/**
 * Of a character too few or too many: so much that several wrong groups are never explained by a shift that
 * happens to make one of their neighbours fit.
 */
const otherLengthCost = 21;
/**
 * A group at the end of the text that lacks its own end is likeliest being typed: it wins over a shift that
 * costs as much.
 */
const begunDiscount = 0.25;
const longestWrong = groupLength + 4;

interface Way {
  readonly cost: number;
  readonly slot: Slot | null;
  readonly before: Way | null;
}

/** Explains typed symbols as a card of `count` groups in the likeliest way: which group stands where. */
export function alignGroups(symbols: readonly number[], count: number): Alignment {
  // Cheapest way to have explained the first `o` symbols by the first `g` groups, by o × (count + 1) + g.
  const ways: (Way | undefined)[] = [{ cost: 0, slot: null, before: null }];
  const index = (o: number, g: number): number => o * (count + 1) + g;
  for (let o = 0; o <= symbols.length; o++) {
    for (let g = 0; g <= count; g++) {
      const way = ways[index(o, g)];
      if (way === undefined) continue;
      const go = (length: number, groups: number, cost: number, slot: Slot): void => {
        const to = index(o + length, g + groups);
        const known = ways[to];
        if (known === undefined || way.cost + cost < known.cost)
          ways[to] = { cost: way.cost + cost, slot, before: way };
      };
      const left = symbols.length - o;
      const fits = placeOf(symbols.slice(o, o + groupLength));
      if (g < count) {
        if (fits === g) go(groupLength, 1, 0, { kind: 'right', from: o });
        for (let length = 1; length <= Math.min(left, longestWrong); length++) {
          const whole = length === groupLength;
          const begun = length === left && length < groupLength;
          const shift = otherLengthCost + Math.abs(length - groupLength) - (begun ? begunDiscount : 0);
          go(length, 1, whole ? wrongCost : shift, {
            kind: 'wrong',
            from: o,
            length,
            fits: whole ? fits : null,
          });
        }
        // What is missing is likeliest missing at the end: it is not typed yet.
        go(0, 1, left === 0 ? groupCost - 0.5 : groupCost, { kind: 'missing' });
      }
      for (let length = 1; length <= Math.min(left, groupLength); length++) {
        const whole = length === groupLength;
        go(length, 0, whole ? groupCost : otherLengthCost + 2, {
          kind: 'extra',
          from: o,
          length,
          fits: whole ? fits : null,
        });
      }
    }
  }
  const slots: Slot[] = [];
  const end = ways[index(symbols.length, count)];
  for (let way = end; way?.slot; way = way.before ?? undefined) slots.push(way.slot);
  return { slots: slots.reverse(), cost: end?.cost ?? Number.POSITIVE_INFINITY };
}
