import { AirlockError } from '../../../shared/airlock-error';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Home } from '../../store/home';
import { openHomeJournal, recordRefusal } from '../../store/home-journal';
import type { Identity } from '../../store/identity';
import type { Journal } from '../../store/journal';
import { version } from '../../version';
import type { Terminal } from './terminal';

/** The journal of what happens in a home outside any ceremony. Throws `StoreError` where it is damaged. */
export const homeJournal = (
  terminal: Terminal,
  home: Home,
  identity: Identity,
  rehearsal: boolean,
): Journal =>
  openHomeJournal(home, { identity, clock: () => terminal.now(), rehearsal, program: 'airlock', version });

/**
 * Does something with a message that came in. Where that is refused, the refusal goes into the record as
 * well, if there is one. Throws whatever the work throws.
 */
export async function recordingRefusal<T>(
  record: Journal | null,
  message: SignedMessage,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (record !== null && error instanceof AirlockError) recordRefusal(record, message, error);
    throw error;
  }
}
