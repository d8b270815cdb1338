/** Bits below which a key of these kinds is no longer thought strong enough (NIST SP 800-131A). */
const strongBits = 2048;

/**
 * What is to be said of a key that servers take and nobody should use any more, by the name of its algorithm
 * (`PublicKeyInfo`); null where there is nothing to say.
 */
export function weaknessOf(algorithm: string): string | null {
  const bits = Number(/^(?:RSA|DSA|ELGAMAL) (\d+)$/.exec(algorithm)?.[1] ?? strongBits);
  if (bits >= strongBits) return null;
  return `This key is weak: ${algorithm} is no longer thought safe since 2014. The server encrypts to it, and whoever records the answer may break it. Use another key where you can.`;
}
