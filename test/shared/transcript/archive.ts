import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { toHex } from '../../../shared/bytes';
import { type KeyPair, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { parsePublicKey } from '../../../shared/openpgp/public-key';
import { armorSignature, signDetached } from '../../../shared/openpgp/signature';
import { checkpointText } from '../../../shared/transcript/checkpoint';
import type { JournalEvent } from '../../../shared/transcript/event';
import { nextLine, type WrittenLine } from '../../../shared/transcript/journal-line';
import { summaryOf } from '../../../shared/transcript/summary';
import type { ArchivedStation, TranscriptFolder } from '../../../shared/transcript/verdict';

export const CEREMONY = '00112233445566778899aabbccddeeff';
export const NONCE = '2dbd10f1-8528-6246-09e7-82b25b8aba63';

export interface Person {
  readonly name: string;
  readonly fingerprint: string;
  readonly pair: KeyPair;
}

const pairs = new Map<string, Promise<KeyPair>>();

export async function personNamed(name: string, now = new Date('2026-05-01T08:00:00Z')): Promise<Person> {
  const made = pairs.get(name) ?? makeKeyPair({ name, algorithm: 'curve25519', now, use: 'sign' });
  pairs.set(name, made);
  const pair = await made;
  return { name, pair, fingerprint: toHex(pair.fingerprint).toUpperCase() };
}

/** A digest that stands for a message of that name. */
export const digestOf = (name: string): string => toHex(sha256(utf8.decode(name)));

export const sent = (type: string, name: string): JournalEvent => ({
  event: 'message-sent',
  data: { type, digest: digestOf(name), carrier: 'qr' },
});

export const received = (type: string, name: string, from: Person): JournalEvent => ({
  event: 'message-received',
  data: { type, digest: digestOf(name), from: from.fingerprint, carrier: 'qr' },
});

export const refused = (type: string, name: string): JournalEvent => ({
  event: 'message-refused',
  data: { code: 'already-finished', reason: 'No further share is needed.', type, digest: digestOf(name) },
});

export const withdrawn = (type: string, name: string): JournalEvent => ({
  event: 'message-withdrawn',
  data: { type, digest: digestOf(name), reason: 'replaced by a newer one' },
});

/** Someone of a plan's roster. */
export interface Planned {
  readonly name: string;
  readonly role: string;
  readonly fingerprint: string;
  readonly keySha256?: string | undefined;
  readonly givesTo?: string | undefined;
}

/** Someone of a plan's roster, with the digest of their key as the archive has it. */
export const planned = async (person: Person, role: string): Promise<Planned> => ({
  name: person.name,
  role,
  fingerprint: person.fingerprint,
  keySha256: toHex(sha256(utf8.decode((await parsePublicKey(person.pair.publicKey)).armored))),
});

export const planAgreed = (roster: readonly Planned[]): JournalEvent => ({
  event: 'plan-agreed',
  data: {
    title: 'Rotate the root',
    purpose: 'The yearly rotation',
    ticket: '',
    method: 'pgp',
    server: 'https://vault.example:8200',
    cluster: '',
    threshold: 2,
    tasks: [],
    roster: [...roster],
    sameStationAllowed: false,
  },
});

/** The same plan as another station took it in. */
export const planTaken = (roster: readonly Planned[]): JournalEvent => {
  const { data } = planAgreed(roster.map(({ keySha256: _, ...person }) => person));
  return { event: 'plan-taken', data } as JournalEvent;
};

export interface Plan {
  readonly station: string;
  readonly who: Person;
  /** Whose the first line is, where not theirs too. */
  readonly begunBy?: Person;
  readonly events: readonly JournalEvent[];
  /** When its first line was written, in milliseconds; the others follow by a second each. */
  readonly begins?: number;
  readonly ceremony?: string;
  readonly rehearsal?: boolean;
  readonly signers?: readonly Person[];
}

/** The journal that a station would have written of these events. */
export function journalOf({
  station,
  who,
  begunBy = who,
  events,
  begins = Date.UTC(2026, 4, 1, 9),
  ceremony = CEREMONY,
  rehearsal = false,
}: Plan): WrittenLine[] {
  const lines: WrittenLine[] = [];
  for (const { event, data } of events) {
    const at = new Date(begins + 1000 * lines.length).toISOString();
    const { fingerprint } = lines.length === 0 ? begunBy : who;
    const origin = { station, who: fingerprint, ceremony, rehearsal, at };
    lines.push(nextLine(lines.at(-1) ?? null, origin, event, data));
  }
  return lines;
}

export const fileOf = (lines: readonly WrittenLine[]): Uint8Array =>
  utf8.decode(lines.map(({ text }) => `${text}\n`).join(''));

export async function stationOf(plan: Plan): Promise<ArchivedStation> {
  const lines = journalOf(plan);
  const last = lines.at(-1);
  const journal = fileOf(lines);
  const checkpoint = checkpointText({
    ceremony: plan.ceremony ?? CEREMONY,
    station: plan.station,
    lines: lines.length,
    head: last?.hash ?? '',
    fileSha256: toHex(sha256(journal)),
    rehearsal: plan.rehearsal ?? false,
    summary: summaryOf(lines.map(({ line }) => line)),
  });
  const signatures = await Promise.all(
    (plan.signers ?? [plan.who]).map(async ({ name, pair }) => ({
      name,
      armored: await armorSignature(await signDetached(utf8.decode(checkpoint), pair.privateKey)),
    })),
  );
  return { name: plan.station, journal, checkpoint, signatures };
}

export async function archiveOf(plans: readonly Plan[]): Promise<TranscriptFolder> {
  const people = new Map(
    plans.flatMap(({ who, signers = [] }) => [who, ...signers].map((person) => [person.name, person])),
  );
  return {
    stations: await Promise.all(plans.map(stationOf)),
    keys: await Promise.all(
      [...people.values()].map(async ({ name, pair }) => ({
        name,
        armored: (await parsePublicKey(pair.publicKey)).armored,
      })),
    ),
  };
}

const opened = (person: Person, role: string): JournalEvent => ({
  event: 'journal-opened',
  data: { program: 'airlock', version: '0.1.0', name: person.name, role, fingerprint: person.fingerprint },
});

/** A whole ceremony: an officer, an online station and two of two custodians, as they would journal it. */
export async function ceremonyPlans(): Promise<[officer: Plan, online: Plan, carol: Plan, dave: Plan]> {
  const [olga, peter, carol, dave, wanda] = await Promise.all(
    ['olga', 'peter', 'carol', 'dave', 'wanda'].map((name) => personNamed(name)),
  );
  if (!olga || !peter || !carol || !dave || !wanda) throw new Error('five people');
  const roster = await Promise.all([
    planned(olga, 'officer'),
    planned(peter, 'operator'),
    planned(carol, 'custodian'),
    planned(dave, 'custodian'),
    planned(wanda, 'witness'),
  ]);
  const submit = (person: Person, progress: number): JournalEvent[] => [
    received('share', `share of ${person.name}`, person),
    {
      event: 'share-submit-intent',
      data: { nonce: NONCE, digest: digestOf(`share of ${person.name}`), custodian: person.fingerprint },
    },
    {
      event: 'share-submitted',
      data: { nonce: NONCE, progress, required: 2, complete: progress === 2, sharesSeenHere: progress },
    },
  ];
  const custodian = (person: Person): Plan => ({
    station: `${person.name}'s laptop`,
    who: person,
    signers: [person, wanda],
    events: [
      opened(person, 'custodian'),
      received('attempt', 'attempt', peter),
      { event: 'share-released', data: { nonce: NONCE, digest: digestOf(`share of ${person.name}`) } },
      sent('share', `share of ${person.name}`),
    ],
  });
  return [
    {
      station: 'Office, 2nd floor – Zoë',
      who: olga,
      signers: [olga, carol, wanda],
      events: [
        opened(olga, 'officer'),
        received('station', 'station', peter),
        planAgreed(roster),
        { event: 'key-made', data: { fingerprint: 'A'.repeat(40), algorithm: 'curve25519' } },
        sent('start', 'start'),
        received('result', 'result', peter),
        { event: 'token-decoded', data: { nonce: NONCE, format: 'hvs', length: 28, prefix: 'hvs.' } },
        { event: 'exception', data: { text: 'The door stood open for a minute.' } },
      ],
    },
    {
      station: 'online',
      who: peter,
      signers: [peter, wanda],
      events: [
        opened(peter, 'operator'),
        sent('station', 'station'),
        received('start', 'start', olga),
        { event: 'attempt-intent', data: { method: 'pgp', pgpFingerprint: 'a'.repeat(40) } },
        { event: 'attempt-started', data: { nonce: NONCE, required: 2, otpLength: 28 } },
        sent('attempt', 'attempt'),
        ...submit(carol, 1),
        ...submit(dave, 2),
        { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf('answer') } },
        sent('result', 'result'),
        { event: 'revoke-intent', data: { by: 'accessor' } },
        { event: 'token-revoked', data: { by: 'accessor', proof: 'lookup says 403' } },
      ],
    },
    custodian(carol),
    custodian(dave),
  ];
}

/** The ceremony in which Carol gave both shares, each in a message of her own, and Dave none. */
export function carolTwice([officer, online, carol, dave]: readonly [Plan, Plan, Plan, Plan]): Plan[] {
  const again = (events: readonly JournalEvent[]): JournalEvent[] =>
    events.map((found) => {
      if (found.event === 'message-received' && found.data.digest === digestOf('share of dave')) {
        return received('share', 'second share', carol.who);
      }
      if (found.event !== 'share-submit-intent' || found.data.custodian === carol.who.fingerprint)
        return found;
      return {
        ...found,
        data: { ...found.data, digest: digestOf('second share'), custodian: carol.who.fingerprint },
      };
    });
  return [
    officer,
    { ...online, events: again(online.events) },
    { ...carol, events: [...carol.events, sent('share', 'second share')] },
    { ...dave, events: dave.events.slice(0, 2) },
  ];
}

/**
 * The ceremony in which the server threw the first two shares away, since one of them was wrong. `again`: who
 * gave those that it took afterwards.
 */
export function startedOver(
  [officer, online, carol, dave]: readonly [Plan, Plan, Plan, Plan],
  again: readonly ('carol' | 'dave')[],
): Plan[] {
  const people = { carol: carol.who, dave: dave.who };
  const share = (name: 'carol' | 'dave', message: string): JournalEvent[] => [
    received('share', message, people[name]),
    {
      event: 'share-submit-intent',
      data: { nonce: NONCE, digest: digestOf(message), custodian: people[name].fingerprint },
    },
    { event: 'answer-received', data: { nonce: NONCE, sha256: digestOf(`answer to ${message}`) } },
  ];
  const taken = (progress: number): JournalEvent => ({
    event: 'share-submitted',
    data: { nonce: NONCE, progress, required: 2, complete: progress === 2, sharesSeenHere: 2 },
  });
  const first = online.events.findIndex(
    ({ event, data }) => event === 'message-received' && 'type' in data && data.type === 'share',
  );
  const rest = online.events.findIndex(
    ({ event, data }) => event === 'message-sent' && 'type' in data && data.type === 'result',
  );
  const events: JournalEvent[] = [
    ...online.events.slice(0, first),
    ...share('carol', 'share of carol'),
    taken(1),
    ...share('dave', 'share of dave'),
    { event: 'share-rejected', data: { reason: 'The shares together were wrong.', reset: true } },
    ...again.flatMap((name, i) => [...share(name, `new share ${i}`), taken(i + 1)]),
    ...online.events.slice(rest),
  ];
  const sending = (plan: Plan, who: string): Plan => ({
    ...plan,
    events: [
      ...plan.events,
      ...again.flatMap((name, i) => (name === who ? [sent('share', `new share ${i}`)] : [])),
    ],
  });
  return [officer, { ...online, events }, sending(carol, 'carol'), sending(dave, 'dave')];
}
