/** What is asked for, and what of its surroundings does not count. */
export interface Tolerance {
  /**
   * White space of every kind, line ends and what nobody sees: `nowhere` counts, as the value never has any;
   * counts only `within`; or counts `everywhere`.
   */
  readonly spacesCount: 'nowhere' | 'within' | 'everywhere';
  /** Quotes (straight and typographic), brackets, commas and semicolons around the value do not count. */
  readonly mayBeQuoted: boolean;
  /** `> ` of a mail, `- ` of a list and a shell's prompt before it do not count. */
  readonly mayBeMarked: boolean;
  /** How answers of servers and their command lines name it: in JSON, YAML, tables and lines. */
  readonly names: RegExp | null;
}

/**
 * What each kind of value tolerates. A passphrase tolerates nothing but its file's encoding and the end of
 * its line: each of these characters may be a part of it. The names are compared in lower case, with single
 * spaces for `_`, `-` and `.`, and without the number at their end.
 */
export const kinds = {
  share: {
    spacesCount: 'nowhere',
    mayBeQuoted: true,
    mayBeMarked: true,
    names:
      /^(?:(?:my |your )?(?:(?:unseal|recovery|key) )?(?:key|share)s?(?: share)?(?: (?:hex|b64|base64))?|value)$/,
  },
  'encoded-token': {
    spacesCount: 'nowhere',
    mayBeQuoted: true,
    mayBeMarked: true,
    names: /^encoded(?: root)? token$/,
  },
  otp: {
    spacesCount: 'nowhere',
    mayBeQuoted: true,
    mayBeMarked: true,
    names: /^(?:otp|one time password)$/,
  },
  nonce: {
    spacesCount: 'nowhere',
    mayBeQuoted: true,
    mayBeMarked: true,
    names: /^(?:operation )?nonce$/,
  },
  /** Read as bytes, and no string is made of it (token-text.ts). */
  token: { spacesCount: 'within', mayBeQuoted: true, mayBeMarked: false, names: null },
  /** Read as bytes: the only line of its file (main/cli/parts/input-file.ts). */
  passphrase: { spacesCount: 'everywhere', mayBeQuoted: false, mayBeMarked: false, names: null },
  /** Text of codes; line ends within one are joined where its checksum then fits (ur-texts.ts). */
  code: { spacesCount: 'nowhere', mayBeQuoted: true, mayBeMarked: true, names: null },
  /** Messages and keys of OpenPGP in base64. Armored ones may have other text around them (pgp-blocks.ts). */
  pgp: { spacesCount: 'nowhere', mayBeQuoted: true, mayBeMarked: true, names: null },
} as const satisfies Readonly<Record<string, Tolerance>>;

export type Kind = keyof typeof kinds;

/** How root tokens are named. They are never asked for in a text of several lines. */
export const tokenNames = /^(?:(?:initial )?root token|(?:client |service )?token|token id)$/;
