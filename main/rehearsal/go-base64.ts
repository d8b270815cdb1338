export type GoBase64 =
  | { readonly bytes: Uint8Array }
  /** Offset that Go's decoder complains about. */
  | { readonly corruptAt: number };

const ALPHABET = /^[A-Za-z0-9+/]$/;

/**
 * Decodes padded base64 as Go's `base64.StdEncoding` does: line breaks are skipped, nothing else is, and the place of
 * the first mistake is part of the error text that a server answers with.
 */
export function decodeGoBase64(text: string): GoBase64 {
  let at = 0;
  let quantum = 0;
  let kept = '';
  const skipBreaks = () => {
    while (text[at] === '\n' || text[at] === '\r') at++;
  };
  for (skipBreaks(); at < text.length; skipBreaks()) {
    const character = text[at] ?? '';
    at++;
    if (ALPHABET.test(character)) {
      kept += character;
      quantum = (quantum + 1) % 4;
      continue;
    }
    if (character !== '=' || quantum < 2) return { corruptAt: at - 1 };
    if (quantum === 2) {
      skipBreaks();
      if (at === text.length) return { corruptAt: at };
      if (text[at] !== '=') return { corruptAt: at - 1 };
      at++;
    }
    skipBreaks();
    if (at < text.length) return { corruptAt: at };
    quantum = 0;
  }
  if (quantum !== 0) return { corruptAt: text.length - quantum };
  return { bytes: Uint8Array.from(Buffer.from(kept, 'base64')) };
}
