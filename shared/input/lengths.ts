/** Characters that people may paste or take from a file, at most. */
export const longestText = {
  /** A value with an answer of the server around it, for the sentence on what else lies in it. */
  answer: 20_000,
  /** A key of OpenPGP in base64: gpg puts photographs into keys, and others sign them by the hundred. */
  key: 4_000_000,
} as const;
