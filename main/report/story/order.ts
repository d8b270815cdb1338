import type { EventName, JournalLine } from '../../../shared/transcript/event';
import { type TokenEnd, tokenEnds } from '../../../shared/transcript/verify/token-end';

/** A line, and the lane (index of the station) that it belongs to. */
export interface LaneLine {
  readonly lane: number;
  readonly line: JournalLine;
}

type LineOf<E extends EventName> = Extract<JournalLine, { readonly event: E }>;

/** The lines of one event, in the order in which they come. */
export const linesOf = <E extends EventName>(
  lines: readonly LaneLine[],
  event: E,
): { readonly lane: number; readonly line: LineOf<E> }[] =>
  lines.filter((each): each is { lane: number; line: LineOf<E> } => each.line.event === event);

/** The tokens of which some line has the proof that they ended. */
export const endsOf = (lines: readonly LaneLine[]): TokenEnd[] =>
  tokenEnds(lines.map(({ lane, line }) => ({ station: String(lane), line })));

/**
 * All lines of all journals in one order. Each journal keeps its own order, and a cause comes before its
 * effects. Only where that leaves a choice do the stations' clocks decide, since they may be wrong. They
 * decide, too, where journals contradict each other.
 */
export function causalOrder(journals: readonly (readonly JournalLine[])[]): LaneLine[] {
  const toCome = new Set(journals.flat().flatMap(gives));
  const next = journals.map(() => 0);
  const ordered: LaneLine[] = [];
  for (;;) {
    const heads = journals.flatMap((lines, lane) => {
      const line = lines[next[lane] ?? 0];
      return line === undefined ? [] : [{ lane, line }];
    });
    const ready = heads.filter(({ line }) => waitsFor(line).every((key) => !toCome.has(key)));
    const first = earliest(ready.length > 0 ? ready : heads);
    if (first === undefined) return ordered;
    for (const key of gives(first.line)) toCome.delete(key);
    next[first.lane] = (next[first.lane] ?? 0) + 1;
    ordered.push(first);
  }
}

const earliest = (lines: readonly LaneLine[]): LaneLine | undefined =>
  lines.reduce<LaneLine | undefined>(
    (best, each) => (best && Date.parse(best.line.at) <= Date.parse(each.line.at) ? best : each),
    undefined,
  );

const TOKEN = 'token';
const REVOKED = 'revoked';

/** What a line brings about that lines of other stations may wait for. */
function gives(line: JournalLine): readonly string[] {
  switch (line.event) {
    case 'message-sent':
      return [`message ${line.data.digest}`];
    case 'attempt-started':
      return [`attempt ${line.data.nonce}`];
    case 'share-submitted':
      return [`share ${line.data.nonce} ${line.data.complete ? line.data.required : line.data.progress}`];
    case 'token-decoded':
      return [TOKEN];
    case 'token-revoked':
      return [REVOKED];
    default:
      return [];
  }
}

/** What must have come about before a line can come. */
function waitsFor(line: JournalLine): readonly string[] {
  switch (line.event) {
    case 'message-received':
      return [`message ${line.data.digest}`];
    case 'attempt-joined':
      return [`attempt ${line.data.nonce}`];
    case 'share-submitted':
      return [
        `share ${line.data.nonce} ${(line.data.complete ? line.data.required : line.data.progress) - 1}`,
      ];
    case 'token-used':
    case 'revoke-intent':
      return [TOKEN];
    case 'revocation-reported':
      return [REVOKED];
    default:
      return [];
  }
}
