import { inTheClear, tokensIn } from '../../../shared/input/in-the-clear';
import { hasTextMark, plainText } from '../../../shared/input/plain-bytes';
import { isOtherLayout, otherLayout, urTexts } from '../../../shared/input/ur-texts';
import { UrReader } from '../../../shared/qr/ur';
import { holdsShare } from '../../../shared/share/entered-share';
import { StationError } from '../station-error';

export interface Reading {
  readonly have: number;
  readonly of: number;
  readonly seen: boolean[];
}

export type Read =
  | { readonly bytes: Uint8Array }
  | (Reading & { readonly status: 'part'; readonly fresh: boolean; readonly switched: boolean });

/**
 * Puts together what comes in by code, paste or file: all of them end in the same bytes. A whole message
 * doesn't empty it: where that message is refused, the parts of the one that was being read are still wanted.
 * `reset` empties it.
 */
export class Inbox {
  private reader = new UrReader();

  /** How far the message is that isn't whole yet; null where none was begun. */
  get progress(): Reading | null {
    const { progress } = this.reader;
    return progress && { ...progress, seen: [...progress.seen] };
  }

  /**
   * One text, or several, with what people copy along. Throws `StationError` 'not-understood' or
   * 'share-in-clear', and `InputError` 'token-in-clear'; the parts that were read before stay.
   */
  text(text: string): Read {
    if (holdsShare(text))
      throw new StationError(
        'share-in-clear',
        'This is a key share in the clear, and a secret: nothing was taken in. It belongs into the step “Enter your share”, or at home into “Your share”, and on no other screen.',
      );
    const lines = urTexts(text);
    let last: Read | null = null;
    for (const line of lines) {
      refuseOtherThings(line);
      last = this.line(line);
      if ('bytes' in last) return last;
    }
    if (last === null)
      throw new StationError(
        'not-understood',
        'There is no text to read. Paste what the other station shows: it begins with “ur:airlock/”.',
      );
    return last;
  }

  private line(line: string): Read {
    const received = this.reader.receive(line);
    switch (received.status) {
      case 'refused':
        throw new StationError('not-understood', received.message);
      case 'complete':
        return { bytes: received.bytes };
      case 'part': {
        const { status, have, of, fresh, switched } = received;
        return { status, have, of, seen: [...received.seen], fresh, switched };
      }
    }
  }

  /** A file: text with codes in it, or a message's bytes as they are, which are no text. */
  file(bytes: Uint8Array): Read {
    const text = plainText(bytes);
    if (text !== null || hasTextMark(bytes)) return this.text(text ?? '');
    return { bytes };
  }

  reset(): void {
    this.reader = new UrReader();
  }
}

/** What is no code, but can be named for what it is. */
function refuseOtherThings(text: string): void {
  if (isOtherLayout(text)) throw new StationError('not-understood', otherLayout);
  const tokens = tokensIn(text).length;
  if (tokens > 0)
    throw inTheClear(text, 0, tokens, 'No screen here asks for a token. Show the code of the other station.');
}
