import { AirlockError } from '../../../shared/airlock-error';
import type { JournalLine } from '../../../shared/transcript/event';
import { readJournal } from '../../store/journal-lines';

/** The lines of a journal, [] where there is none, and null where it is damaged. Nothing is written. */
export function linesOrNull(path: string): readonly JournalLine[] | null {
  try {
    return readJournal(path).lines;
  } catch (error) {
    if (error instanceof AirlockError) return null;
    throw error;
  }
}

/** The same, [] where it is damaged: whoever opens it is told. */
export const readableLines = (path: string): readonly JournalLine[] => linesOrNull(path) ?? [];
