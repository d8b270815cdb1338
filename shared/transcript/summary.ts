import type { JournalLine } from './event';

// verify.sh makes the same lines of the same journal (script/journal.jq): whoever changes this changes that.

/** How many events a summary names at most, and how long a line of it may be, in code points. */
const EVENTS_MAX = 40;
const LINE_MAX = 120;

/**
 * What a journal tells, in lines that fit into a checkpoint: its decisive events in words, each after the
 * number of its line, and how many lines of each other kind there are. Texts are cut to fit.
 */
export function summaryOf(lines: readonly JournalLine[]): string[] {
  const told: string[] = [];
  const others = new Map<string, number>();
  for (const line of lines) {
    const words = wordsOf(line);
    if (words !== null) told.push(cut(`${line.n} ${words}`));
    else others.set(line.event, (others.get(line.event) ?? 0) + 1);
  }
  return [
    ...told.slice(0, EVENTS_MAX),
    ...(told.length > EVENTS_MAX ? [`and ${told.length - EVENTS_MAX} more`] : []),
    `besides: ${
      [...others]
        .map(([event, count]) => `${count} ${event}`)
        .sort()
        .join(', ') || 'nothing'
    }`,
  ];
}

const cut = (text: string): string =>
  text.length <= LINE_MAX ? text : [...text].slice(0, LINE_MAX).join('');

function wordsOf({ event, data }: JournalLine): string | null {
  switch (event) {
    case 'plan-agreed':
      return `plan agreed: ${data.title}, ${data.method}, ${data.threshold} shares`;
    case 'key-made':
      return `key made: ${data.fingerprint}`;
    case 'otp-made':
      return 'one-time password made';
    case 'attempt-started':
      return `attempt started: ${data.nonce}`;
    case 'attempt-joined':
      return `attempt joined: ${data.nonce}`;
    case 'attempt-cancelled':
      return `attempt cancelled: ${data.nonce}`;
    case 'attempt-changed':
      return `attempt vanished or changed: ${data.expected}`;
    case 'share-released':
      return `share released: ${data.nonce}`;
    case 'share-submitted':
      return `share accepted: ${data.progress} of ${data.required}${data.complete ? ', complete' : ''}`;
    case 'share-rejected':
      return `share refused: ${data.reason}`;
    case 'answer-lost':
      return `answer lost: ${data.what}`;
    case 'token-decoded':
      return `token decoded: ${data.length} characters`;
    case 'token-shown':
      return 'token shown';
    case 'token-used':
      return `token used: ${data.what}`;
    case 'token-revoked':
      return `token revoked: ${data.proof}`;
    case 'token-opened':
      return `token opened: ${data.accessor}`;
    case 'task-done':
      return `task ${data.task} done`;
    case 'task-failed':
      return `task ${data.task} failed: ${data.reason}`;
    case 'task-unknown':
      return `task ${data.task} not known: ${data.reason}`;
    case 'task-left':
      return `task ${data.task} left: ${data.why}`;
    case 'revocation-reported':
      // Earlier journals have no outcome, and their checkpoints these words.
      return data.outcome === undefined
        ? 'token reported revoked'
        : `token proven revoked by ${data.by ?? ''}`;
    case 'secret-destroyed':
      return `destroyed: ${data.what}`;
    case 'plain-crossing':
      return `crossed unsigned, ${data.direction}: ${data.what}`;
    case 'message-refused':
      return `message refused: ${data.reason}`;
    case 'script-chosen':
      return `script chosen: ${data.title}, ${data.version}`;
    case 'script-left':
      return 'script left';
    case 'script-step':
      return data.result === 'deviation'
        ? `deviation at step ${data.section}.${data.step}: ${data.deviation}`
        : null;
    case 'witnessed':
      return `witnessed by ${data.name}: ${data.lines} lines of ${data.station}, ${data.deviations.length} deviations`;
    case 'note':
      return `noted: ${data.text}`;
    case 'exception':
      return `exception: ${data.text}`;
    default:
      return null;
  }
}
