import { AirlockError } from '../airlock-error';

export type TaskErrorCode =
  /** There is no template of that name, or what should be a task is none. */
  | 'unknown-task'
  /** The template has no such field. */
  | 'unknown-field'
  | 'missing'
  /** A field's value is none of those that it may have. */
  | 'not-fitting'
  | 'too-long'
  /** Two choices that exclude one another, on the server or by what they mean. */
  | 'impossible-mix'
  /** It would make another root token, or one that lives as long as it likes. */
  | 'too-mighty'
  /** A secret, in a plan that everyone reads and that is kept for years. */
  | 'secret'
  /** It would touch the attempt, the seal or the ceremony itself. */
  | 'forbidden'
  /** What the task brings back is for somebody who isn't on the roster, or who must not have it. */
  | 'wrong-recipient'
  /** Not with a token of that kind, or not in that place. */
  | 'not-with-token'
  /** Revoking the token is the last task, once. */
  | 'order'
  | 'too-many';

/** A task that no plan can have. `field`: which of its fields is wrong; '' where it is the whole task. */
export class TaskError extends AirlockError<TaskErrorCode> {
  constructor(
    code: TaskErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(code, message);
  }
}
