import type { Verdict } from '../transcript/verdict';

/** What the archive's page is told, as JSON. Times are ISO 8601 UTC, by the stations' clocks. */

/** One ceremony of a list. */
export interface PageCeremony {
  /** 32 hex digits. */
  readonly id: string;
  readonly words: string;
  readonly title: string;
  readonly ticket: string;
  readonly server: string;
  readonly tokenKind: string;
  /** '' where no line could be read. */
  readonly from: string;
  readonly to: string;
  /** Null where its evidence is gone by law. */
  readonly verdict: Verdict | null;
  /** Verified by the people whom the archive knows, or by the keys in its folders. */
  readonly by: 'people' | 'folder';
  readonly rehearsal: boolean;
  readonly tokens: number;
  readonly revoked: number;
  readonly held: boolean;
}

/** `api/ceremonies`: a part of a list, the newest first. */
export interface PageList {
  /** How many fit in all. */
  readonly count: number;
  readonly ceremonies: readonly PageCeremony[];
  /** What `before` takes to get the next part; null where this is the last. */
  readonly next: number | null;
}

/** Why a ceremony needs to be looked at. */
export type Concern =
  | 'not-revoked'
  | 'contradiction'
  | 'missing-journal'
  | 'missing-witness'
  /** Something else is missing. */
  | 'incomplete'
  | 'changed';

/** The newest ceremonies of one concern, rehearsals left out. */
export interface Attention {
  readonly concern: Concern;
  /** How many there are in all. */
  readonly count: number;
  readonly ceremonies: readonly PageCeremony[];
}

/** The root token of one ceremony: from when to when it was there, in whose hands, and who looked on. */
export interface PageTokenLife {
  readonly ceremony: PageCeremony;
  /** When the server took the last share. */
  readonly made: string;
  /** When it had ended by every journal that has the proof; '' where none has it, or lines contradict. */
  readonly died: string;
  /** Whose journals have the proof: it is their word. */
  readonly tellers: readonly { readonly name: string; readonly role: string }[];
  /** Between the two; null: that is not on record. */
  readonly seconds: number | null;
  /** Whose stations had it. `opened`: in clear, by their own journal; else it was handed over to them. */
  readonly holders: readonly { readonly name: string; readonly role: string; readonly opened: boolean }[];
  /** Witnesses, and how many stations' journals each has signed. */
  readonly witnesses: readonly { readonly name: string; readonly stations: number }[];
  /** How many stations there are. */
  readonly stations: number;
}

export interface PagePerson {
  readonly fingerprint: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** In how many a station of theirs is on record. */
  readonly ceremonies: number;
  readonly rehearsals: number;
}

/** `api/overview`. */
export interface PageOverview {
  readonly place: string;
  readonly entries: number;
  /** Six words of the log's head; '' where there is no entry. */
  readonly head: string;
  readonly ceremonies: number;
  readonly rehearsals: number;
  readonly gone: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly first: string;
  readonly last: string;
  readonly months: readonly {
    /** 2026-03 */
    readonly month: string;
    readonly ceremonies: number;
    readonly rehearsals: number;
    readonly notProven: number;
  }[];
  readonly attention: readonly Attention[];
  readonly people: readonly PagePerson[];
}

/** `api/days`: how many began on each day of one year, by their stations' clocks in UTC. */
export interface PageDays {
  readonly days: readonly {
    readonly day: string;
    readonly ceremonies: number;
    readonly rehearsals: number;
  }[];
}

/** `api/tokens`: root tokens that were there in a period, the newest first. */
export interface PageTokens {
  /** How many fit in all. */
  readonly count: number;
  readonly lives: readonly PageTokenLife[];
  /** What `before` takes to get the next part; null where this is the last. */
  readonly next: number | null;
}

/** One line of a journal. */
export interface PageLine {
  readonly station: string;
  readonly n: number;
  readonly at: string;
  readonly event: string;
  /** As a sentence. */
  readonly text: string;
  readonly alarm: boolean;
}

/** `api/ceremony/ID`. */
export interface PageDetail {
  readonly ceremony: PageCeremony;
  readonly purpose: string;
  readonly method: string;
  readonly namespace: string;
  readonly threshold: number;
  readonly custodians: number;
  readonly people: readonly {
    readonly fingerprint: string;
    readonly name: string;
    readonly role: string;
    readonly tookPart: boolean;
    /** Whether their station had a root token in clear, by its own journal. */
    readonly heldToken: boolean;
    /** Whether one was handed over to it, by anyone's. */
    readonly handedToken: boolean;
    /** Whether its journal has the proof of a token's end. */
    readonly toldEnd: boolean;
    readonly witnessed: number;
  }[];
  readonly findings: readonly {
    readonly code: string;
    readonly verdict: Verdict;
    readonly station: string;
    readonly line: number | null;
    readonly message: string;
  }[];
  readonly folders: readonly {
    readonly n: number;
    readonly at: string;
    readonly files: number;
    readonly verdict: Verdict;
    readonly folder: string;
  }[];
  readonly entries: readonly {
    readonly n: number;
    readonly at: string;
    readonly event: string;
    readonly text: string;
  }[];
}

/** `api/journals/ID`: what its evidence holds. */
export interface PageJournals {
  /** Of all stations, a cause before its effects. */
  readonly lines: readonly PageLine[];
  /** Relative to `ceremony/ID/`. */
  readonly pictures: readonly string[];
}

/** What is said instead, with a status of 400 or more. */
export interface PageProblem {
  readonly error: string;
  readonly message: string;
}
