import { fromBase64 } from '../../../shared/bytes';

/**
 * The bytes of padded base64; `null` for any other text. Line breaks are passed over, as Vault does: its
 * command line sends a key file that `base64` wrote as it is.
 */
export function decodeBase64(text: string): Uint8Array | null {
  try {
    return fromBase64(text.replace(/[\r\n]/g, ''));
  } catch {
    return null;
  }
}
