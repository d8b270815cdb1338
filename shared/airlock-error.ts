/**
 * An error of the domain: `code` is one of a closed set per area, `message` a sentence for people that says
 * what is wrong and what to do. Neither holds a secret. Windows show the sentence too, so it names no
 * command.
 */
export abstract class AirlockError<Code extends string = string> extends Error {
  readonly code: Code;
  /** A sentence for terminals alone, or nothing. */
  readonly typed: string;

  constructor(code: Code, message: string, typed = '') {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.typed = typed;
  }
}
