import { plainBytes } from '../../../shared/input/plain-bytes';
import { fileKind } from '../../../shared/qr/picture-kind';

/**
 * What a file with a share holds, as text in UTF-8 for the caller to wipe: text in any encoding, or the codes
 * in a picture or a PDF of a share card, a line each. Null where it is neither. Throws `QrError` for a
 * picture that can't be read, or that has no code in it.
 */
export async function shareFileText(file: Uint8Array): Promise<Uint8Array | null> {
  if (fileKind(file) === null) return plainBytes(file);
  const { readQrImage } = await import('../../qr/read-image');
  return new TextEncoder().encode((await readQrImage(file)).join('\n'));
}
