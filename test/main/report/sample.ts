import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import type { ReportInput, ReportStation } from '../../../main/report/input';
import { toHex } from '../../../shared/bytes';
import type { EventData, EventName } from '../../../shared/transcript/event';
import { nextLine, type WrittenLine } from '../../../shared/transcript/journal-line';
import { digestWords } from '../../../shared/words';

export const hashOf = (text: string): string => toHex(sha256(utf8.decode(text)));
export const fingerprintOf = (name: string): string => hashOf(name).slice(0, 40).toUpperCase();

const CEREMONY = '3f9a41c2077d4be8a1d05e6c2b7f9034';
export const NONCE = '2dbd10f1-8528-6246-09e7-82b25b8aba63';

/** Everyone of the sample: role, and how far wrong their clock is, in seconds. */
const CAST = {
  'Olga Petrenko': { role: 'officer', station: 'Station A', skew: 0 },
  'Clara Ng': { role: 'custodian', station: 'Clara’s laptop', skew: -95 },
  'Dmitri Volkov': { role: 'custodian', station: 'Dmitri’s laptop', skew: 240 },
  'Ewa Zielińska': { role: 'custodian', station: 'Ewa’s laptop', skew: 12 },
  'Wim de Vries': { role: 'witness', station: 'Witness', skew: 3 },
  'Otto Brandt': { role: 'operator', station: 'Station B', skew: 0 },
  'Pia Lindqvist': { role: 'operator', station: 'Station C', skew: 1 },
} as const;
export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as readonly Name[];

/** Journals written side by side, at a clock that the test moves. */
export class Scene {
  private readonly journals = new Map<string, WrittenLine[]>();
  private seconds = 0;

  constructor(private readonly rehearsal = false) {}

  /** Someone writes an event into their journal. */
  write<E extends EventName>(name: Name, event: E, data: EventData<E>): void {
    this.seconds += 7;
    const { role, station, skew } = CAST[name];
    const journal = this.journals.get(name) ?? [];
    this.journals.set(name, journal);
    const origin = {
      station,
      who: fingerprintOf(name),
      ceremony: CEREMONY,
      rehearsal: this.rehearsal,
      at: new Date(Date.UTC(2025, 10, 22, 9, 12, this.seconds + skew)).toISOString(),
    };
    if (journal.length === 0) {
      const opened = { program: 'airlock', version: '0.1.0', name, role, fingerprint: fingerprintOf(name) };
      journal.push(nextLine(null, origin, 'journal-opened', opened));
    }
    journal.push(nextLine(journal.at(-1) ?? null, origin, event, data));
  }

  send(from: Name, type: string, subject: string = type): void {
    this.write(from, 'message-sent', { type, digest: hashOf(subject), carrier: 'qr' });
  }

  receive(to: Name, from: Name, type: string, subject: string = type): void {
    this.seconds += 40;
    this.write(to, 'message-received', {
      type,
      digest: hashOf(subject),
      from: fingerprintOf(from),
      carrier: 'qr',
    });
  }

  stations(): ReportStation[] {
    return [...this.journals].map(([name, lines]) => ({
      folder: CAST[name as Name].station.replace(/[^\w-]+/g, '-'),
      lines: lines.map(({ line }) => line),
      signers: [name.replace(/[^\w-]+/g, '-'), 'Wim-de-Vries'],
      checkpointWords: digestWords(sha256(utf8.decode(`checkpoint ${name}`))),
      journalSha256: hashOf(lines.map(({ text }) => `${text}\n`).join('')),
    }));
  }

  /** The archive, as it verifies. */
  archive(changes: Partial<ReportInput['verification']> = {}): ReportInput {
    const stations = this.stations();
    return {
      stations,
      verification: {
        verdict: 'proven',
        by: 'folder',
        findings: [],
        notes: [],
        stations: stations.map(({ folder, lines, signers }) => ({
          name: folder,
          label: lines[0]?.station ?? '',
          lines: lines.length,
          head: hashOf(folder),
          signers,
        })),
        ceremony: CEREMONY,
        rehearsal: this.rehearsal,
        ...changes,
      },
      pictures: [],
    };
  }
}

const PLAN: EventData<'plan-agreed'> = {
  title: 'Re-enable OIDC',
  purpose: 'Re-enable OIDC after tenant change',
  ticket: 'CHG-4471',
  method: 'pgp',
  server: 'https://vault.prod-eu.example:8200',
  cluster: '087798a3-7a1c-4f0b-9a53-2f2f6a0f8d11',
  threshold: 3,
  tasks: ['Enable oidc at auth/oidc', 'Write policy admin-oidc', 'Revoke this token, and prove it'],
  roster: NAMES.map((name) => ({ name, role: CAST[name].role, fingerprint: fingerprintOf(name) })),
  sameStationAllowed: false,
};

export interface Turn {
  readonly rehearsal?: boolean;
  readonly plan?: Partial<EventData<'plan-agreed'>>;
  /** Where the story ends. */
  readonly until?: 'started' | 'decoded' | 'revoked' | 'end';
}

/** A whole ceremony by PGP: three custodians, two online stations, the token used once and revoked. */
export function ceremony({ rehearsal = false, plan = {}, until = 'end' }: Turn = {}): Scene {
  const scene = new Scene(rehearsal);
  const [officer, clara, dmitri, ewa, , otto, pia] = NAMES as readonly [
    Name,
    Name,
    Name,
    Name,
    Name,
    Name,
    Name,
  ];
  scene.send(otto, 'station');
  scene.receive(officer, otto, 'station');
  scene.write(officer, 'plan-agreed', { ...PLAN, ...plan });
  scene.write(officer, 'key-made', { fingerprint: fingerprintOf('key'), algorithm: 'curve25519' });
  scene.send(officer, 'start');
  scene.receive(otto, officer, 'start');
  scene.write(otto, 'attempt-intent', { method: 'pgp', pgpFingerprint: fingerprintOf('key').toLowerCase() });
  scene.write(otto, 'attempt-started', { nonce: NONCE, required: 3, otpLength: 28 });
  scene.send(otto, 'attempt');
  scene.receive(officer, otto, 'attempt');
  scene.receive(pia, officer, 'start');
  scene.write(pia, 'attempt-joined', { nonce: NONCE, required: 3, progress: 0 });
  scene.send(pia, 'attempt', 'attempt of C');
  if (until === 'started') return scene;
  for (const [i, custodian] of [clara, dmitri, ewa].entries()) {
    const [operator, attempt] = i === 1 ? [pia, 'attempt of C'] : [otto, 'attempt'];
    scene.receive(custodian, operator, 'attempt', attempt);
    scene.write(custodian, 'words-compared', { what: 'attempt', words: 'amber river cobalt sixteen' });
    const share = `share ${custodian}`;
    scene.write(custodian, 'share-released', { nonce: NONCE, digest: hashOf(share) });
    scene.send(custodian, 'share', share);
    scene.receive(operator, custodian, 'share', share);
    scene.write(operator, 'share-submit-intent', {
      nonce: NONCE,
      digest: hashOf(share),
      custodian: fingerprintOf(custodian),
    });
    scene.write(operator, 'answer-received', { nonce: NONCE, sha256: hashOf(`answer ${i}`) });
    const complete = i === 2;
    const progress = complete ? 0 : i + 1;
    scene.write(operator, 'share-submitted', {
      nonce: NONCE,
      progress,
      required: 3,
      complete,
      sharesSeenHere: i === 1 ? 1 : i === 0 ? 1 : 2,
    });
  }
  scene.send(otto, 'result');
  scene.receive(officer, otto, 'result');
  scene.write(officer, 'token-decoded', { nonce: NONCE, format: 'hvs', length: 28, prefix: 'hvs.' });
  scene.write(officer, 'token-shown', {});
  if (until === 'decoded') return scene;
  scene.write(pia, 'token-used', { what: 'made a child token of 60 s with policy default, and revoked it' });
  scene.write(pia, 'revoke-intent', { by: 'token' });
  scene.write(pia, 'token-revoked', {
    by: 'token',
    proof: 'lookup by accessor answers 403, the token answers 403',
  });
  scene.write(officer, 'revocation-reported', {});
  if (until === 'revoked') return scene;
  scene.write(officer, 'secret-destroyed', { what: 'ceremony-key' });
  scene.write(otto, 'secret-destroyed', { what: 'sealing-key' });
  scene.write(pia, 'secret-destroyed', { what: 'sealing-key' });
  return scene;
}
