import { AirlockError } from '../../../shared/airlock-error';

export type CliErrorCode =
  /** The command line itself is wrong: only another one mends it. */
  | 'usage'
  /** Standard input was named for two things. */
  | 'stdin-twice'
  | 'no-passphrase'
  /** Someone was asked and didn't answer, or answered what can't be an answer. */
  | 'no-answer'
  /** Ctrl-C at a question. */
  | 'interrupted'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'file-exists'
  | 'no-message'
  /** Where a message belongs there is a key share that nobody sealed. */
  | 'plain-share'
  | 'parts-missing'
  /** Two texts that must be the same differ: words that were compared, or a new passphrase. */
  | 'not-confirmed'
  /** No Chromium is here that could print a page. */
  | 'no-browser'
  | 'not-printed'
  /** Several things fit, and one is needed. */
  | 'ambiguous';

/** What the command line can't do with what it was given. */
export class CliError extends AirlockError<CliErrorCode> {}
