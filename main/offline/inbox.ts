import { UrReader } from '../../shared/qr/ur';
import { isShareText } from '../../shared/share/entered-share';
import { StationError } from './station-context';

export interface Reading {
  readonly have: number;
  readonly of: number;
  readonly seen: boolean[];
}

export type Read =
  | { readonly bytes: Uint8Array }
  | (Reading & { readonly status: 'part'; readonly fresh: boolean });

/** Puts together what comes in by code, paste or file: all of them end in the same bytes. */
export class Inbox {
  private reader = new UrReader();
  private reading: Reading | null = null;

  get progress(): Reading | null {
    return this.reading;
  }

  /** One text, or several on lines of their own. Throws `StationError` 'not-understood'; parts read before stay. */
  text(text: string): Read {
    if (isShareText(text))
      throw new StationError(
        'not-understood',
        'This is a key share in the clear, and a secret: nothing was taken in. It belongs into the step “Enter your share”, or at home into “Your share”, and on no other screen.',
      );
    const lines = text.split(/\s+/).filter((line) => line !== '');
    let last: Read | null = null;
    for (const line of lines) {
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
        this.reset();
        return { bytes: received.bytes };
      case 'part':
        this.reading = { have: received.have, of: received.of, seen: [...received.seen] };
        return { status: 'part', fresh: received.fresh, ...this.reading };
    }
  }

  /** A file: UR texts, or a message's bytes as they are. */
  file(bytes: Uint8Array): Read {
    const text = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
    if (/^ur:/i.test(text)) return this.text(new TextDecoder().decode(bytes));
    return { bytes };
  }

  reset(): void {
    this.reader = new UrReader();
    this.reading = null;
  }
}
