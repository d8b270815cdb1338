import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint';
import { TranscriptError } from './transcript-error';

/** The head of a journal that goes on: `Checkpoint` says what each field is. */
export type LiveCheckpoint = Omit<Checkpoint, 'summary'>;

const FIRST = 'Airlock live checkpoint v1\n';
const CLOSED = 'Airlock checkpoint v1\n';

/**
 * What a station signs in the middle of a ceremony, over its journal so far. It begins with other words than
 * the checkpoint that closes a journal: a signature over one never passes for a signature over the other, so
 * that nobody can cut a journal off where somebody once looked at it, and call that its end. It has no
 * summary, since the journal itself goes along. Throws `TranscriptError` 'bad-checkpoint'.
 */
export const liveCheckpointText = (checkpoint: LiveCheckpoint): string =>
  FIRST + checkpointText({ ...checkpoint, summary: null }).slice(CLOSED.length);

/** Whether a text is meant as a live checkpoint, be it well formed or not. */
export const isLiveCheckpoint = (text: string): boolean => text.startsWith(FIRST);

/** What the text says. Throws `TranscriptError` 'bad-checkpoint' on any other form. */
export function parseLiveCheckpoint(text: string): LiveCheckpoint {
  if (!isLiveCheckpoint(text))
    throw new TranscriptError('bad-checkpoint', 'This is not a checkpoint of a journal that goes on.');
  const { summary: _, ...checkpoint } = parseCheckpoint(CLOSED + text.slice(FIRST.length));
  return checkpoint;
}
