import { plainText } from '../../shared/input/plain-bytes';
import { urTexts } from '../../shared/input/ur-texts';
import { parseWire } from '../../shared/message/wire';
import { fileKind, foreignKind } from '../../shared/qr/picture-kind';
import { QrError } from '../../shared/qr/qr-error';
import { makeOutgoing, type Outgoing } from '../../shared/qr/ur';
import { parseUr } from '../../shared/qr/ur-part';
import { airlockType } from '../../shared/qr/ur-type';

/** What a file that is to be shown holds. */
export type ShownFile =
  | { readonly kind: 'message'; readonly type: string; readonly bytes: Uint8Array }
  /** Plain text for the servers' own command line: drawn as it is, in one code. */
  | { readonly kind: 'text'; readonly text: string; readonly secret: boolean };

/**
 * What a file's bytes are: a message's wire bytes, a UR as text, or plain text, which may be a secret unless
 * it is a public key. Throws `QrError` `not-ur` where it is none of these, and what `parseUr` throws.
 */
export function shownFileOf(bytes: Uint8Array): ShownFile {
  if (isMessage(bytes)) return { kind: 'message', type: airlockType, bytes };
  const kind = fileKind(bytes);
  if (kind !== null) {
    throw new QrError(
      'not-ur',
      'read' in kind
        ? 'This file is a picture already, and no message. To read the codes in it: airlock qr read FILE.'
        : foreignKind(kind),
    );
  }
  const text = plainText(bytes)?.trim() ?? null;
  if (text === null || text === '') {
    throw new QrError(
      'not-ur',
      'This file holds no Airlock message. Name the file that the other step wrote.',
    );
  }
  const [first = '', ...others] = urTexts(text);
  if (/^ur:/i.test(first)) {
    if (others.length > 0) {
      throw new QrError(
        'incomplete',
        'This file holds several codes, or a message in several parts. Name the file with one whole message.',
      );
    }
    const ur = parseUr(first);
    if (ur.kind === 'part') {
      throw new QrError(
        'incomplete',
        'This file holds one part of a message only. Name the file with the whole message.',
      );
    }
    return { kind: 'message', type: ur.type, bytes: ur.bytes };
  }
  return { kind: 'text', text, secret: !text.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') };
}

/** The codes of a file: parts of a message, or its text alone. */
export function outgoingOf(shown: ShownFile, density: number): Outgoing {
  if (shown.kind === 'message') return makeOutgoing(shown.bytes, density, shown.type);
  return { static: shown.text, partCount: 1, part: () => shown.text };
}

function isMessage(bytes: Uint8Array): boolean {
  try {
    parseWire(bytes);
    return true;
  } catch {
    return false;
  }
}
