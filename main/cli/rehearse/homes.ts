import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HomeLock, holdHome } from '../../store/home-lock';
import type { Cast } from './cast';

/**
 * Linux's folder that lies in memory. Homes of a rehearsal whose server is gone with it need no disk, and
 * their keys had better not be on one. Whoever sets TMPDIR has said where such files go.
 */
const MEMORY = '/dev/shm';

function folderForHomes(isKeepable: boolean): string {
  const inFolder = (parent: string): string => mkdtempSync(join(parent, 'airlock-rehearsal-'));
  if (isKeepable || process.platform !== 'linux' || process.env['TMPDIR'] !== undefined)
    return inFolder(tmpdir());
  try {
    return inFolder(MEMORY);
  } catch {
    return inFolder(tmpdir());
  }
}

/**
 * The players' homes: in a temporary folder that is removed when the rehearsal or the program ends, unless it
 * is kept.
 */
export class Homes {
  readonly folder: string;
  private readonly locks: HomeLock[] = [];
  private players: Cast | null = null;
  private kept = false;

  /** `onServer`: the rehearsal is on a server that is there to stay. */
  constructor(private readonly onServer: boolean) {
    this.folder = folderForHomes(onServer);
    process.once('exit', this.atExit);
  }

  /** Who plays; null before they have their homes. */
  get cast(): Cast | null {
    return this.players;
  }

  /** Takes the homes of everyone who plays. */
  hold(cast: Cast): void {
    this.players = cast;
    for (const { home } of [cast.officer, cast.witness, ...cast.custodians, ...cast.operators]) {
      this.locks.push(holdHome(home, 'airlock rehearse'));
    }
  }

  /** Leaves the homes where they are, with the officer's passphrase, and says so in a sentence. */
  keep(): string {
    this.kept = true;
    if (this.players === null) return `The homes of its players are kept in ${this.folder}.`;
    const { home, passphrase } = this.players.officer;
    const file = join(this.folder, 'officer-passphrase.txt');
    writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
    return `The homes of its players are kept in ${this.folder}: the officer's, with the only key to the token, is ${home.dir}, and its passphrase is in ${file}. Delete the folder when nothing of the rehearsal is left on the server.`;
  }

  /** The rehearsal is over. */
  end(): void {
    process.removeListener('exit', this.atExit);
    for (const lock of this.locks) lock.release();
    if (!this.kept) rmSync(this.folder, { recursive: true, force: true });
  }

  /** The program ends in the middle: what is on the server then, nobody has looked. */
  private readonly atExit = (): void => {
    const begun = this.players?.operators.some(({ home }) => home.listCeremonies().length > 0) === true;
    if (this.onServer && begun) {
      process.stderr.write(
        `The rehearsal ended at once: an attempt or a live root token of it may be on the server. ${this.keep()}\n`,
      );
    }
    this.end();
  };
}
