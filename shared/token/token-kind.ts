/**
 * What key shares can make (docs/server-facts.md, "Endpoints"): a root token; on a disaster-recovery
 * secondary an operation token; in recovery mode a recovery token. A server makes one of them, by the mode
 * that it runs in.
 */
export const TOKEN_KINDS = ['root', 'dr', 'recovery'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

interface KindWords {
  /** "root token" */
  readonly name: string;
  /** "a root token" */
  readonly one: string;
  /** What whoever has one can do. */
  readonly can: string;
  /** How it ends. */
  readonly ends: string;
  /** How it is said that one is dead: "The token …". */
  readonly isDead: string;
  /** How it is said that one came to its end: "that it …". */
  readonly died: string;
  /** What a server has to be, to make one. */
  readonly made: string;
}

// What every screen and page says of a token, in plain words. They stand here and nowhere else.
const WORDS: Readonly<Record<TokenKind, KindWords>> = {
  root: {
    name: 'root token',
    one: 'a root token',
    can: 'Whoever has it can do everything on the server: read every secret, change every policy, make further tokens.',
    ends: 'It never ends by itself. It lives until somebody revokes it.',
    isDead: 'is revoked',
    died: 'was revoked',
    made: 'a server that runs as usual',
  },
  dr: {
    name: 'DR operation token',
    one: 'a DR operation token',
    can: 'Whoever has it can steer the replication of this disaster-recovery secondary: make it the primary, or bind it to another one. It reads no secret.',
    ends: 'It never ends by itself. It lives until somebody deletes it, or the secondary becomes the primary.',
    isDead: 'is deleted',
    died: 'was deleted',
    made: 'a disaster-recovery secondary',
  },
  recovery: {
    name: 'recovery token',
    one: 'a recovery token',
    can: 'Whoever has it can read and write everything that the server has stored, in the clear, past all policies and without a line in the audit log.',
    ends: 'It cannot be revoked. It ends when the server ends: start the server as usual after the repair.',
    isDead: 'has ended',
    died: 'has ended',
    made: 'a server in recovery mode',
  },
};

/** What a token of that kind is called, what it can do and how it ends, as sentences for people. */
export const tokenKindWords = (kind: TokenKind): KindWords => WORDS[kind];

/**
 * What such a token can do and how it ends, as it is said wherever one is planned, shown or recorded.
 * `namespace`: inside which it is made, where it is.
 */
export function tokenKindSentence(kind: TokenKind, namespace?: string | undefined): string {
  const { can, ends } = WORDS[kind];
  if (kind !== 'root' || namespace === undefined) return `${can} ${ends}`;
  return `Whoever has it can do everything in the namespace ${namespace} and in those below it, and nothing outside. ${ends}`;
}

/** With a capital, as at the head of a sentence: "Root token". */
export const sentenceCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
