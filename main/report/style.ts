import type { Geometry } from './section/drawing';
import css from './style.css?raw';

/** Distances between lanes in px: as many lanes as there are share `room`, down to `least`. */
const SCREEN = { lane: 62, room: 540, least: 22 };
const NARROW = { lane: 22, room: 150, least: 17 };
const PAPER = { lane: 30, room: 300, least: 12 };
/** Where a lane is narrower, its head has room for one line only. */
const TWO_LINES = 29;

/**
 * The page's one style sheet: `style.css`, and what depends on this ceremony, which is the places of the
 * lanes and the footer of printed pages. `words`: of the ceremony, from the word list, or ''.
 */
export function pageStyle(
  { units, x, gap }: Geometry,
  { rehearsal, words }: { readonly rehearsal: boolean; readonly words: string },
): string {
  const drawing = ({ lane, room, least }: typeof SCREEN): string => {
    const pitch = Math.max(Math.min(lane, room / units), least);
    const width = `${Math.round(pitch * Math.max(units, 2))}px`;
    return `.timeline .drawing{width:${width};min-width:${width}}${pitch < TWO_LINES ? '.lane-head b+span{display:none}' : ''}`;
  };
  const heads = x.map((at, lane) => `.lane-${lane}{left:${at}%}`).join('');
  const footer = ['Airlock', words, rehearsal ? 'REHEARSAL' : ''].filter((part) => part !== '').join(' · ');
  return `${css}${heads}${gap ? `.gap-head{left:${gap.x + gap.width / 2}%}` : ''}
@media screen{${drawing(SCREEN)}}
@media screen and (max-width:760px){${drawing(NARROW)}}
@media print{${drawing(PAPER)}}
@page{size:A4;margin:14mm 13mm 16mm;@bottom-left{content:"${footer}";font:9pt sans-serif;color:#55615a}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#55615a}}
`;
}
