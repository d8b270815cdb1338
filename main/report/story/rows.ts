import type { Finding } from '../../../shared/transcript/verdict';
import { isAlarm, sentenceOf } from '../words';
import type { Lane } from './lanes';
import { endsOf, type LaneLine, linesOf } from './order';

export type Mark = 'step' | 'count' | 'dot' | 'token' | 'revoked' | 'destroyed' | 'alarm';

interface RowBase {
  readonly at: string;
  /** Between the last share and the revocation: somewhere the token is alive. */
  readonly tokenAlive: boolean;
  /** What the verification found wrong with the lines of this row. */
  readonly findings: readonly string[];
}

/** A message that crossed from one lane to another; null: a station outside of this archive, or nobody. */
export interface MessageRow extends RowBase {
  readonly kind: 'message';
  readonly type: string;
  readonly digest: string;
  /** `at`: when it was first shown; '' where the journal only repeats that it was, before the ceremony. */
  readonly from: { readonly lane: number; readonly line: number; readonly at: string } | null;
  readonly to: { readonly lane: number; readonly line: number } | null;
  readonly carrier: string;
  /** Where a message that nobody took in was turned away. */
  readonly refused: { readonly lane: number; readonly line: number } | null;
  /** Why a message that nobody took in is in order; '' where that is not said. */
  readonly withdrawn: string;
}

/** Something that happened at one station. */
export interface MomentRow extends RowBase {
  readonly kind: 'moment';
  readonly lane: number;
  readonly line: number;
  readonly mark: Mark;
  /** On a count: "2/3". */
  readonly count: string;
  readonly text: string;
  /** A value that crossed the gap unsigned, and which way. */
  readonly plain: 'in' | 'out' | null;
}

export type Row = MessageRow | MomentRow;

/** What is drawn of the ceremony: every message of the journals, and the moments that matter. */
export function rowsOf(
  lanes: readonly Lane[],
  lines: readonly LaneLine[],
  findings: readonly Finding[],
): Row[] {
  const sent = linesOf(lines, 'message-sent');
  const received = linesOf(lines, 'message-received');
  const refused = linesOf(lines, 'message-refused');
  const withdrawn = linesOf(lines, 'message-withdrawn');
  const ends = new Set<LaneLine['line']>(endsOf(lines).flatMap(({ told }) => told.at(-1)?.line ?? []));
  let alive = 0;
  return lines.flatMap(({ lane, line }): Row[] => {
    if (ends.has(line)) alive = Math.max(0, alive - 1);
    const base = {
      at: line.at,
      tokenAlive: alive > 0,
      findings: findings
        .filter((each) => each.line === line.n && each.station === lanes[lane]?.folder)
        .map(({ message }) => message),
    };
    if ((line.event === 'share-submitted' && line.data.complete) || line.event === 'answer-lost') alive += 1;
    // A token that was decoded is there, even where no journal tells of its last share.
    if (line.event === 'token-decoded' && alive === 0) alive = 1;
    if (line.event === 'message-received') {
      const { digest, type, carrier, from } = line.data;
      const sender =
        sent.find((each) => each.lane !== lane && each.line.data.digest === digest) ??
        sent.find((each) => each.line.data.digest === digest);
      const signer = lanes.findIndex(({ fingerprint }) => fingerprint !== '' && fingerprint === from);
      return [
        {
          ...base,
          kind: 'message',
          type,
          digest,
          carrier,
          from: sender
            ? { lane: sender.lane, line: sender.line.n, at: sender.line.data.earlier ? '' : sender.line.at }
            : signer >= 0 && signer !== lane
              ? { lane: signer, line: 0, at: '' }
              : null,
          to: { lane, line: line.n },
          refused: null,
          withdrawn: '',
        },
      ];
    }
    if (line.event === 'message-sent') {
      const { digest, type, carrier } = line.data;
      const refusal = refused.find((each) => each.line.data.digest === digest && each.lane !== lane);
      if (received.some((each) => each.line.data.digest === digest && each.lane !== lane)) return [];
      return [
        {
          ...base,
          kind: 'message',
          type,
          digest,
          carrier,
          from: { lane, line: line.n, at: line.at },
          to: null,
          refused: refusal === undefined ? null : { lane: refusal.lane, line: refusal.line.n },
          withdrawn: withdrawn.find((each) => each.line.data.digest === digest)?.line.data.reason ?? '',
        },
      ];
    }
    const mark = isAlarm(line) ? 'alarm' : markOf({ lane, line });
    if (mark === null && base.findings.length === 0) return [];
    return [
      {
        ...base,
        kind: 'moment',
        lane,
        line: line.n,
        mark: mark ?? 'alarm',
        count:
          line.event === 'share-submitted'
            ? `${line.data.complete ? line.data.required : line.data.progress}/${line.data.required}`
            : '',
        text: sentenceOf(line),
        plain: line.event === 'plain-crossing' ? line.data.direction : null,
      },
    ];
  });
}

/** Null: this line gets no mark of its own, because its message or its outcome has one. */
function markOf({ line }: LaneLine): Mark | null {
  switch (line.event) {
    case 'plan-agreed':
    case 'key-made':
    case 'otp-made':
    case 'attempt-started':
    case 'attempt-joined':
      return 'step';
    case 'share-submitted':
      return 'count';
    case 'token-decoded':
    case 'token-shown':
    case 'token-used':
    case 'token-opened':
    case 'task-done':
    case 'task-left':
      return 'token';
    case 'token-revoked':
      return 'revoked';
    case 'secret-destroyed':
      return line.data.what === 'sealing-key' ? 'dot' : 'destroyed';
    case 'words-compared':
    case 'revocation-reported':
    case 'message-withdrawn':
    case 'note':
    case 'script-chosen':
    case 'script-person':
    case 'script-break':
      return 'dot';
    default:
      return null;
  }
}
