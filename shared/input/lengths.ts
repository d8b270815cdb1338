/** Characters that people may paste or take from a file, at most. */
export const longestText = {
  /** A value with an answer of the server around it, for the sentence on what else lies in it. */
  answer: 20_000,
  /**
   * The text of one code: the largest message in bytewords (qr/ur-part.ts), or other text in which there
   * is no code, to be named for what it is.
   */
  code: 140_000,
  /** A key of OpenPGP in base64: gpg puts photographs into keys, and others sign them by the hundred. */
  key: 4_000_000,
} as const;
