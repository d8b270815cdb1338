/**
 * Makes something of a text once, and remembers it for the last `most` texts: for what is asked of the same
 * few texts again and again, and depends on nothing else. Texts longer than `longest` characters are never
 * remembered, nor is what failed. Bytes are known by a text of theirs that no others have (`textOf`).
 */
export function remembered<T, I extends string | Uint8Array = string>(
  { most, longest }: { readonly most: number; readonly longest: number },
  make: (input: I) => Promise<T>,
  textOf: (input: I) => string = String,
): (input: I) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  const forget = (text: string, made: Promise<T>): void => {
    if (known.get(text) === made) known.delete(text);
  };
  return (input) => {
    const text = textOf(input);
    const there = known.get(text);
    // A map keeps the order in which it was filled: whatever was asked for last is last.
    if (there !== undefined) {
      known.delete(text);
      known.set(text, there);
      return there;
    }
    const made = make(input);
    if (input.length > longest) return made;
    known.set(text, made);
    made.catch(() => forget(text, made));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return made;
  };
}
