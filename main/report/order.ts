import type { JournalLine } from '../../shared/transcript/event';

/** A line, and the lane (index of the station) that it belongs to. */
export interface LaneLine {
  readonly lane: number;
  readonly line: JournalLine;
}

/**
 * All lines of all journals in one order: each journal's own, causes before what they bring about, and only where that
 * leaves a choice by the stations' clocks, which may be wrong. Where journals contradict each other, the clocks decide.
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

/** What a line brings about, that lines of other stations may wait for. */
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
