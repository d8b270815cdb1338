import { fromHex } from '../../shared/bytes';
import type { AppState } from '../../shared/ipc/offline/app-state';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords } from '../../shared/words';
import type { Outbound } from '../station/outbox';
import { outgoingView, type PersonFacts } from '../station/view';
import { personFileName } from '../store/file-name';
import { type Checkpoint, signersOf } from '../store/sign-off';
import type { Desk } from './open-ceremony';

/** What surrounds a ceremony on its station, as far as the view of it needs that. */
export interface CeremonySurroundings {
  /** This laptop's person, and whom they know. */
  readonly people: readonly PersonFacts[];
  /** The checkpoint, once signed off, and the message that asks others to sign it. */
  readonly checkpoint: Checkpoint | null;
  readonly checkpointCode: Outbound | null;
}

type Common = Pick<NonNullable<AppState['ceremony']>, 'id' | 'words' | 'events' | 'checkpoint'>;

/** What is shown of every ceremony, whoever takes part in it and wherever it stands. */
export function commonView(desk: Desk, station: CeremonySurroundings): Common {
  const { checkpoint, checkpointCode, people } = station;
  return {
    id: desk.state.id,
    words: ceremonyWords(fromHex(desk.state.id)),
    events: desk.file.journal.entries().map((line) => ({ at: line.at, ...eventWords(line) })),
    checkpoint:
      checkpoint === null || checkpointCode === null
        ? null
        : {
            words: digestWords(checkpoint.digest),
            outgoing: outgoingView(checkpointCode),
            signers: signersOf(desk.file.paths).map(
              (file) => people.find((person) => personFileName(person) === file)?.name ?? file,
            ),
          },
  };
}
