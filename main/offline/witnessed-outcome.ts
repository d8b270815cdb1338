import { toHex } from '../../shared/bytes';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import type { Home } from '../store/home';
import type { Journal } from '../store/journal';
import { readKept } from '../store/kept-message';
import { writeMessageFile } from '../store/message-file';

// Who has no part in a ceremony but to look on keeps no folder of it, and an outcome may be for them all the
// same: it is kept in the home, and what counts is what the home's journal says came in.

/** Keeps an outcome whose signatures were checked. On the disk when this returns. */
export function keepOutcome(home: Home, message: SignedMessage<'outcome'>): void {
  const id = idOf(message);
  home.makeOutcomes(id);
  writeMessageFile(home.outcome(id, toHex(message.digest)), wireBytes(message));
}

/**
 * The outcomes that came in here by the home's journal and are kept, the latest first, each once. Throws
 * `HomeFinding` where a file isn't what came in.
 */
export function keptOutcomes(home: Home, journal: () => Journal): SignedMessage<'outcome'>[] {
  const ids = home.listOutcomes();
  if (ids.length === 0) return [];
  const digests = journal()
    .entries()
    .flatMap((line) =>
      line.event === 'message-received' && line.data.type === 'outcome' ? [line.data.digest] : [],
    );
  return [...new Set(digests.reverse())].flatMap((digest) =>
    ids.flatMap((id) => {
      const message = readKept({ message: (of) => home.outcome(id, of) }, digest, 'outcome');
      return message === null ? [] : [message];
    }),
  );
}

const idOf = ({ envelope }: SignedMessage<'outcome'>): string => toHex(envelope.ceremony ?? new Uint8Array());
