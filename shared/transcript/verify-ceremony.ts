import { type Entry, entriesOf, finding } from './entry';
import type { JournalLine } from './event';
import type { Finding, Note } from './report';
import { quorumFindings, rosterFindings, shareFindings } from './verify-quorum';

/** What does not fit between the lines of one station or between stations. */
export const crossFindings = (entries: readonly Entry[]): Finding[] => [
  ...originFindings(entries),
  ...sentFindings(entries),
  ...receivedFindings(entries),
  ...nonceFindings(entries),
  ...intentFindings(entries),
  ...shareFindings(entries),
  ...quorumFindings(entries),
  ...rosterFindings(entries),
];

function originFindings(entries: readonly Entry[]): Finding[] {
  const ceremony = entries.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? '';
  const rehearsal = entries[0]?.line.rehearsal;
  const before = new Map<string, JournalLine>();
  const firsts = new Map<string, string>();
  return entries.flatMap((entry) => {
    const { station, line } = entry;
    const last = before.get(station);
    before.set(station, line);
    const found: Finding[] = [];
    if (last && changes(last, line)) {
      found.push(
        finding(
          entry,
          'origin-changes',
          'This line is by another station or person, or of another ceremony.',
        ),
      );
    }
    if (line.who === '') {
      found.push(finding(entry, 'no-person', 'This line does not say whose it is.'));
    }
    if (line.ceremony !== '' && line.ceremony !== ceremony) {
      found.push(finding(entry, 'other-ceremony', 'This line belongs to another ceremony than the others.'));
    }
    if (line.rehearsal !== rehearsal) {
      found.push(
        finding(entry, 'rehearsal-mixed', 'Some lines are marked as a rehearsal and others are not.'),
      );
    }
    // A second line links to the first by hash: two journals that agree there are one and the same, copied.
    if (line.n === 2) {
      const twin = firsts.get(line.prev);
      if (twin !== undefined) {
        found.push(finding(entry, 'same-journal', `This is the same journal as that of ${twin}.`));
      }
      firsts.set(line.prev, station);
    }
    return found;
  });
}

/** The ceremony may become known on the way, and stays then. */
const changes = (last: JournalLine, line: JournalLine): boolean =>
  line.station !== last.station ||
  line.who !== last.who ||
  (last.ceremony !== '' && line.ceremony !== last.ceremony);

/** Shown to many before a ceremony, or made after the last line of a journal: these may go unreceived. */
const MAY_GO_UNRECEIVED = new Set(['identity', 'station', 'checkpoint', 'signature']);
/**
 * These arrive after the sender's last line; or before the ceremony, where a station's journal of it holds only the
 * introduction that the officer answered.
 */
const MAY_COME_UNSENT = new Set(['station', 'checkpoint', 'signature']);

function sentFindings(entries: readonly Entry[]): Finding[] {
  const received = entriesOf(entries, 'message-received');
  const refused = entriesOf(entries, 'message-refused');
  const withdrawn = entriesOf(entries, 'message-withdrawn');
  return entriesOf(entries, 'message-sent').flatMap((sent) => {
    const { type, digest } = sent.line.data;
    if (MAY_GO_UNRECEIVED.has(type)) return [];
    const arrived = [...received, ...refused].some(
      ({ station, line: { data } }) =>
        station !== sent.station && data.type === type && data.digest === digest,
    );
    if (arrived) return [];
    if (withdrawn.some(({ station, line }) => station === sent.station && line.data.digest === digest))
      return [];
    return [
      finding(
        sent,
        'not-received',
        `The ${type} message ${digest} was sent, and no other station here received or refused it.`,
      ),
    ];
  });
}

function receivedFindings(entries: readonly Entry[]): Finding[] {
  const sent = entriesOf(entries, 'message-sent');
  return entriesOf(entries, 'message-received').flatMap((received) => {
    const { type, digest, from } = received.line.data;
    if (MAY_COME_UNSENT.has(type)) return [];
    const senders = sent.filter(
      ({ station, line: { data } }) =>
        station !== received.station && data.type === type && data.digest === digest,
    );
    if (senders.length === 0) {
      return [
        finding(
          received,
          'unaccounted',
          `The ${type} message ${digest} was received, and no other station here sent it.`,
        ),
      ];
    }
    if (senders.some(({ line: { who } }) => who === from)) return [];
    return [
      finding(
        received,
        'wrong-sender',
        `The ${type} message ${digest} was received as signed by ${from}, and another person sent it.`,
      ),
    ];
  });
}

/** Every attempt that anybody mentions is one that a station started or joined. */
function nonceFindings(entries: readonly Entry[]): Finding[] {
  const opened = new Set(
    entriesOf(entries, 'attempt-started', 'attempt-joined').map(({ line }) => line.data.nonce),
  );
  const mentioned = entriesOf(
    entries,
    'attempt-cancelled',
    'share-released',
    'share-submit-intent',
    'share-submitted',
    'answer-received',
    'answer-lost',
    'token-decoded',
  ).filter(({ line }) => line.data.nonce !== '');
  const first = mentioned[0]?.line.data.nonce;
  return mentioned
    .filter(({ line: { data } }) => (opened.size > 0 ? !opened.has(data.nonce) : data.nonce !== first))
    .map((entry) =>
      finding(
        entry,
        'other-nonce',
        opened.size > 0
          ? 'This nonce is of an attempt that no station here started or joined.'
          : 'This nonce is another one than that of the other lines.',
      ),
    );
}

const INTENTS = {
  'attempt-intent': 'attempt-started',
  'share-submit-intent': 'share-submitted',
  'revoke-intent': 'token-revoked',
} as const;

/**
 * Write-ahead: each effect has an intent of its own before it. A station does one thing after the other, so that an
 * intent that came to nothing never counts for a later effect.
 */
function intentFindings(entries: readonly Entry[]): Finding[] {
  const open = new Set<string>();
  return entries.flatMap((entry) => {
    const { station, line } = entry;
    if (line.event === 'share-rejected') open.delete(`share-submitted ${station}`);
    for (const [intent, effect] of Object.entries(INTENTS)) {
      if (line.event === intent) open.add(`${effect} ${station}`);
      if (line.event !== effect || open.delete(`${effect} ${station}`)) continue;
      return [finding(entry, 'no-intent', `There is no line ${intent} before this ${effect}.`)];
    }
    return [];
  });
}

/** What fits, and an auditor should read. */
export function notesOf(entries: readonly Entry[]): Note[] {
  const notes = entries.flatMap(({ station, line }) => {
    const message = noteOf(line);
    return message === null ? [] : [{ station, line: line.n, message }];
  });
  return [...notes, ...unrevokedNote(entries)];
}

/** A token may be revoked without Airlock, and may live on purpose for a while: no fault, but never unsaid. */
function unrevokedNote(entries: readonly Entry[]): Note[] {
  const made = entriesOf(entries, 'share-submitted').filter(({ line }) => line.data.complete);
  const lost = entriesOf(entries, 'answer-lost').filter(
    ({ line }) => !made.some((end) => end.line.data.nonce === line.data.nonce),
  );
  const ends = [...made, ...lost];
  const known = ends.length > 0 ? ends : entriesOf(entries, 'token-decoded').slice(0, 1);
  const last = known.at(-1);
  const tokens = new Set(known.map(({ line }) => line.data.nonce)).size;
  if (last === undefined || entriesOf(entries, 'token-revoked').length >= tokens) return [];
  return [
    {
      station: last.station,
      line: last.line.n,
      message: `a root token ${last.line.event === 'answer-lost' ? 'may have been' : 'was'} made, and no journal here has the proof that it was revoked`,
    },
  ];
}

function noteOf(line: JournalLine): string | null {
  switch (line.event) {
    case 'exception':
      return `exception: ${line.data.text}`;
    case 'plain-crossing':
      return `${line.data.what} crossed unsigned (${line.data.direction})`;
    case 'share-submit-intent':
      return line.data.custodian === '' ? 'a share came as a plain value: nothing says whose it was' : null;
    case 'message-refused':
      return `a message was refused: ${line.data.reason}`;
    case 'message-withdrawn':
      return `a ${line.data.type} message was withdrawn: ${line.data.reason}`;
    case 'attempt-changed':
      return `the attempt ${line.data.expected} was replaced or vanished`;
    case 'answer-lost':
      return `an answer was lost that may have been the last: ${line.data.what}`;
    default:
      return null;
  }
}
