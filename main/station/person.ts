import { randomBytes } from 'node:crypto';
import { equalBytes, toHex } from '../../shared/bytes';
import type { Role } from '../../shared/message/body';
import { type SignedMessage, verifyMessage } from '../../shared/message/wire';
import type { Passphrase } from '../../shared/openpgp/s2k';
import { makeBackup, readBackup } from '../store/backup/backup';
import { BackupError } from '../store/backup/backup-error';
import { restoreHere } from '../store/backup/restore';
import { fileSafeName } from '../store/file-name';
import type { Home } from '../store/home';
import {
  openHomeJournal,
  recordCrossing,
  recordPersonKnown,
  recordPersonRemoved,
} from '../store/home-journal';
import {
  createIdentity,
  identityMessage,
  lockIdentity,
  type UnlockedIdentity,
  unlockIdentity,
} from '../store/identity';
import type { Journal } from '../store/journal';
import { addPerson, changeOf, listPeople, removePerson } from '../store/people';
import { mayStartOver, startOver } from '../store/start-over';
import type { Carrier } from './carrier';
import type { Outbound } from './outbox';
import { StationError } from './station-error';

export interface PersonDeskOptions {
  readonly home: Home;
  readonly clock: () => Date;
  readonly version: string;
  readonly program: string;
  /** Who may work at such a station; everyone where it is left out. */
  readonly roles?: readonly Role[];
}

/** What a home that was put back lacks: all that happened after this moment. */
interface PutBack {
  /** ISO 8601 UTC: when its backup was made. */
  readonly madeAt: string;
  /** Whether a ceremony in it was not closed by then. */
  readonly hasOpen: boolean;
}

export interface WantedIdentity {
  readonly name: string;
  readonly role: Role;
  /** '' for a label made of role and name. */
  readonly station: string;
  /** UTF-8, the caller's to wipe. */
  readonly passphrase: Passphrase;
}

/** Who is at this laptop, and whom they know: identities are shown, taken in, and compared by voice. */
export class PersonDesk {
  private unlocked: UnlockedIdentity | null = null;
  private code: SignedMessage<'identity'> | null = null;
  private candidate: { readonly message: SignedMessage<'identity'>; readonly carrier: Carrier } | null = null;

  private backup: string | null = null;
  private putBack: PutBack | null = null;

  constructor(private readonly options: PersonDeskOptions) {}

  /** Where the home was backed up to since it was unlocked; null where it wasn't. */
  get backedUpTo(): string | null {
    return this.backup;
  }

  /** Where the home was put back from a backup since it was locked last; null where it wasn't. */
  get restoredFrom(): PutBack | null {
    return this.putBack;
  }

  /** First start: makes this person's signing identity. Throws `HomeError`. */
  async create({ station, ...wanted }: WantedIdentity): Promise<void> {
    const identity = await createIdentity(this.options.home, {
      ...wanted,
      station: station.trim() === '' ? undefined : station,
      now: this.options.clock(),
    });
    await this.become(identity);
  }

  /**
   * Throws `OpenPgpError` 'wrong-passphrase', `HomeError`, and `StoreError` where the home's journal is
   * damaged.
   */
  async unlock(passphrase: Passphrase): Promise<void> {
    await this.become(await unlockIdentity(this.options.home, passphrase));
  }

  private async become(identity: UnlockedIdentity): Promise<void> {
    try {
      const message = await identityMessage(identity, this.options.clock());
      this.journalOf(identity).append('message-sent', {
        type: 'identity',
        digest: toHex(message.digest),
        carrier: 'qr',
      });
      this.unlocked = identity;
      this.code = message;
    } catch (error) {
      lockIdentity(identity);
      throw error;
    }
  }

  /** What a backup of this home is called if the person says nothing else. Throws `StationError` 'locked'. */
  backupName(): string {
    const { name } = this.identity();
    return `airlock-${fileSafeName(name)}-${this.options.clock().toISOString().slice(0, 10)}.backup`;
  }

  /**
   * Backs the home up into a new file (main/store/backup). `passphrase`: UTF-8, the caller's to wipe. Throws
   * `StationError` 'locked', `OpenPgpError` 'wrong-passphrase', `BackupError`, `HomeFinding`.
   */
  async backUp(path: string, passphrase: Uint8Array): Promise<void> {
    this.identity();
    const { home, clock } = this.options;
    await makeBackup(home, path, passphrase, clock, (length) => new Uint8Array(randomBytes(length)));
    this.backup = path;
  }

  /**
   * First start: puts a home back here from the backup in a file, whole or not at all. It stays locked.
   * `passphrase`: that of the home in it, UTF-8, the caller's to wipe. Throws `BackupError`, `HomeError`.
   */
  async restore(path: string, passphrase: Uint8Array): Promise<void> {
    const { home, clock, roles } = this.options;
    const { view } = await restoreHere(readBackup(path), home, passphrase, clock, ({ name, role }) => {
      if (roles === undefined || roles.includes(role)) return;
      throw new BackupError(
        'restore-of-other-role',
        `This is the home of the ${role} ${name}, whose key doesn’t belong at such a station. Nothing was written. Put it back at a laptop without a network, in the air-gapped app.`,
      );
    });
    this.putBack = { madeAt: view.madeAt, hasOpen: view.ceremonies.some(({ isClosed }) => !isClosed) };
  }

  /** Overwrites the signing key in memory. */
  lock(): void {
    if (this.unlocked !== null) lockIdentity(this.unlocked);
    this.unlocked = null;
    this.backup = null;
    this.putBack = null;
    this.code = null;
    this.candidate = null;
  }

  /** Null while locked. */
  get current(): UnlockedIdentity | null {
    return this.unlocked;
  }

  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity {
    if (this.unlocked === null) {
      throw new StationError('locked', 'This station is locked. Give your passphrase first.');
    }
    return this.unlocked;
  }

  /** This person's own identity message as it goes out, null while locked. */
  get outbound(): Outbound | null {
    return this.code === null ? null : { message: this.code, title: 'Your identity' };
  }

  /** Whose identity was read and waits to be compared. */
  get pending(): SignedMessage<'identity'> | null {
    return this.candidate?.message ?? null;
  }

  /**
   * What it would change of someone known here already: "was custodian, now officer". Null for somebody new.
   */
  get pendingChange(): string | null {
    return this.candidate === null ? null : changeOf(this.options.home, this.candidate.message);
  }

  /**
   * Reads someone's identity, and says in a sentence how it stands. It counts only once its words were
   * compared; of a person who is known already, and as the same, there is nothing to compare. Throws
   * `MessageError`.
   */
  async meet(message: SignedMessage<'identity'>, carrier: Carrier): Promise<string> {
    await verifyMessage(message, []);
    const { home } = this.options;
    const { from } = message.envelope;
    const known = listPeople(home).find(({ fingerprint }) => equalBytes(fingerprint, from));
    if (known !== undefined && changeOf(home, message) === null) {
      recordCrossing(this.journal(), 'in', message, carrier);
      return `${known.name} is known here already, and nothing is different.`;
    }
    this.candidate = { message, carrier };
    return 'A person’s identity. Compare the six words with them before it counts.';
  }

  /** Makes the pending person known, once their six words were compared; or drops them. */
  async confirm(matches: boolean): Promise<void> {
    if (this.candidate === null) return;
    const { message, carrier } = this.candidate;
    this.candidate = null;
    if (!matches) {
      this.journal().append('message-refused', {
        code: 'words-differ',
        reason: 'The words of an identity were compared and differ',
        type: 'identity',
        digest: toHex(message.digest),
      });
      return;
    }
    const journal = this.journal();
    recordCrossing(journal, 'in', message, carrier);
    await addPerson(this.options.home, message, this.options.clock(), (person) =>
      recordPersonKnown(journal, person),
    );
  }

  /** From now on, what this person signs is refused. `fingerprint`: hex, with or without spaces. */
  remove(fingerprint: string): void {
    const plain = fingerprint.replace(/\s/g, '').toLowerCase();
    removePerson(this.options.home, plain, (person) => recordPersonRemoved(this.journal(), person));
  }

  /** Whether this identity can be taken back: see `mayStartOver` of the store. False while locked. */
  get mayStartOver(): boolean {
    return this.unlocked !== null && mayStartOver(this.options.home);
  }

  /**
   * Takes this identity back: the next start is the first again. Throws `StationError` 'already-in-use' where
   * others rely on it, and `StoreError` 'cannot-destroy'.
   */
  startOver(): void {
    if (!this.mayStartOver) {
      throw new StationError(
        'already-in-use',
        'This identity is in use: somebody is known here, or a ceremony or a share was taken in. Another person takes another folder.',
        'Name it with --home.',
      );
    }
    this.lock();
    startOver(this.options.home);
  }

  /** The journal of what happens outside any ceremony. Throws `StationError` 'locked'. */
  journal(): Journal {
    return this.journalOf(this.identity());
  }

  private journalOf(identity: UnlockedIdentity): Journal {
    return openHomeJournal(this.options.home, { ...this.options, identity, rehearsal: false });
  }
}
