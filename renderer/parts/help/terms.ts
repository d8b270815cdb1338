/** Words of the field that a person meets here, each explained in a sentence or two. */
export const terms = {
  attempt:
    'The server’s side of one ceremony. It opens it once, collects shares for it, and ends it with a token or by cancelling it. Shares given to one attempt are of no use to another.',
  nonce:
    'The number that the server gives to an attempt, so that no share of another attempt gets into it. The attempt words say the same in words that can be read aloud.',
  checkpoint:
    'A short text at the end of a transcript that fixes every line of it. Whoever signs it vouches for all of them: a line changed later no longer fits.',
  density:
    'How much of a message one code holds. A higher density makes fewer, finer codes; a lower one makes coarser codes that a camera reads from further away.',
  'x-coordinate':
    'The number of your share among the others. It is no secret, and by it the server tells the shares apart. It is the share’s last byte.',
  base64:
    'A way to write bytes as letters, digits, + and /, as the server’s command line does. It covers nothing: whoever reads it has the bytes.',
  curve25519:
    'A kind of key that is small and made at once. Vault 1.14 and later and every OpenBao can use it. For an older Vault take RSA, which is larger and takes seconds to make.',
} as const;

export type Term = keyof typeof terms;

/** How a word is written at the head of its explanation. */
export const termName: Record<Term, string> = {
  attempt: 'Attempt',
  nonce: 'Nonce',
  checkpoint: 'Checkpoint',
  density: 'Density',
  'x-coordinate': 'X-coordinate',
  base64: 'Base64',
  curve25519: 'Curve25519',
};
