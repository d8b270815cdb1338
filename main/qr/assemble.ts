import { inTheClear, tokensIn } from '../../shared/input/in-the-clear';
import { isOtherLayout, otherLayout } from '../../shared/input/ur-texts';
import { QrError } from '../../shared/qr/qr-error';
import { type Received, UrReader } from '../../shared/qr/ur';
import { parseUr, sequenceKey } from '../../shared/qr/ur-part';
import { holdsShare } from '../../shared/share/entered-share';

/** A message put together from pictures. */
export interface Assembled {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What the codes of a heap of pictures come to. */
export interface Heap {
  readonly messages: readonly Assembled[];
  /** A sentence for each message of which parts are missing, naming them. */
  readonly incomplete: readonly string[];
  /** A sentence for each code that is no part of a message. */
  readonly refused: readonly string[];
}

/** Puts the texts of codes together, whatever their order, and each message by itself. */
export function assemble(texts: Iterable<string>): Heap {
  const readers = new Map<string, UrReader>();
  const last = new Map<string, Received>();
  const refused = new Set<string>();
  for (const text of texts) {
    const named = nameOf(text);
    if (named !== null) {
      refused.add(named);
      continue;
    }
    try {
      const ur = parseUr(text);
      const key = ur.kind === 'part' ? sequenceKey(ur.type, ur.part) : text.trim().toUpperCase();
      const reader = readers.get(key) ?? new UrReader('any');
      readers.set(key, reader);
      const received = reader.receive(text);
      if (received.status === 'refused') refused.add(received.message);
      else last.set(key, received);
    } catch (error) {
      if (!(error instanceof QrError)) throw error;
      refused.add(error.message);
    }
  }
  const outcomes = [...last.values()];
  return {
    messages: outcomes.flatMap((r) => (r.status === 'complete' ? [{ type: r.type, bytes: r.bytes }] : [])),
    incomplete: outcomes.flatMap((r) => (r.status === 'part' ? [missing(r.seen, r.have)] : [])),
    refused: [...refused],
  };
}

/** What a code is that is no part of a message; null where more is not known than its reader says. */
function nameOf(text: string): string | null {
  if (isOtherLayout(text)) return otherLayout;
  const shares = holdsShare(text) ? 1 : 0;
  const tokens = tokensIn(text).length;
  return shares + tokens === 0 ? null : inTheClear(text, shares, tokens, 'No message is in it.').message;
}

function missing(seen: readonly boolean[], have: number): string {
  const lacking = seen.flatMap((known, index) => (known ? [] : [index + 1]));
  const solved = seen.length - lacking.length;
  const mixed = have > solved ? ` (${have - solved} mixed parts will help)` : '';
  const need = seen.length - have;
  return `The message is incomplete: ${ranges(lacking)} of ${seen.length} ${lacking.length === 1 ? 'is' : 'are'} missing${mixed}. Add ${need === 1 ? 'one more picture' : `${need} more pictures`} of its codes.`;
}

/** `part 3` or `parts 1–4, 7`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  const texts = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${numbers.length === 1 ? 'part' : 'parts'} ${texts.join(', ')}`;
}
