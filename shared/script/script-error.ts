import { AirlockError } from '../airlock-error';

export type ScriptErrorCode =
  /** The file is larger than any script. */
  | 'too-large'
  /** It is no JSON, or not the JSON of a script. */
  | 'not-a-script'
  /** It is of a form that a later version of the program writes. */
  | 'newer-form'
  /** It has a field that scripts don't have. */
  | 'unknown-field'
  /** A field is missing, empty, too long, or holds another kind of value. */
  | 'wrong-field'
  /** A step, a signature or a statement is for a role that the script doesn't have. */
  | 'unknown-role'
  /** Its content is not what the hash in it is of. */
  | 'wrong-hash'
  /** There is no such script in this home. */
  | 'no-script'
  /** The home holds as many scripts as it may. */
  | 'too-many'
  /** The transcript is closed. */
  | 'closed'
  /** The plan is agreed, and its script with it. */
  | 'script-agreed'
  /** The script has no such step, or the step no such checks. */
  | 'no-step'
  /** The step is as expected only once each of its checks is ticked, with its value. */
  | 'checks-open'
  /** A deviation without a sentence on what happened, or without who decided what to do. */
  | 'no-sentence'
  /** The program has not done this step yet: it fills itself in. */
  | 'not-done-yet'
  /** A person without a name, or of a role that the script doesn't have. */
  | 'wrong-person'
  /** A break begins while one lasts, or ends while there is none. */
  | 'wrong-break';

/** A script that can't be taken, or a step of one that can't be recorded so. */
export class ScriptError extends AirlockError<ScriptErrorCode> {}
