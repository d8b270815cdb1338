import { config } from 'openpgp';

/**
 * Signatures without openpgp's salt notation: 70 bytes less each, and so fewer codes to carry (an attempt
 * holds four). The salt is there against whoever makes the machine miscalculate while it signs; here they
 * would have the laptop with the share on it already.
 */
export const shortSignature = { ...config, nonDeterministicSignaturesViaNotation: false };
