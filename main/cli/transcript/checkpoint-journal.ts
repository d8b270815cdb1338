import { parseCheckpoint } from '../../../shared/transcript/checkpoint';
import { isLiveCheckpoint, parseLiveCheckpoint } from '../../../shared/transcript/live-checkpoint';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import type { Home } from '../../store/home';
import type { Identity } from '../../store/identity';
import type { Journal } from '../../store/journal';
import { homeJournal } from '../parts/home-record';
import type { Terminal } from '../parts/terminal';

/**
 * The home's journal, for what crosses once a ceremony's own journal is closed. `checkpoint`: the text that
 * it is about, where there is one. Lines about the checkpoint of a rehearsal are marked as such. Throws
 * `StoreError`.
 */
export const checkpointJournal = (
  terminal: Terminal,
  home: Home,
  identity: Identity,
  checkpoint: string | null,
): Journal => homeJournal(terminal, home, identity, checkpoint !== null && isOfRehearsal(checkpoint));

/**
 * A text that is no checkpoint, as a message may hold, is of no rehearsal. Whoever takes it in refuses it by
 * name.
 */
function isOfRehearsal(checkpoint: string): boolean {
  try {
    return (isLiveCheckpoint(checkpoint) ? parseLiveCheckpoint(checkpoint) : parseCheckpoint(checkpoint))
      .rehearsal;
  } catch (error) {
    if (error instanceof TranscriptError) return false;
    throw error;
  }
}
