/**
 * An error of the domain: `code` is one of a closed set per area, `message` a sentence for people that says
 * what is wrong and what to do. Neither holds a secret.
 */
export abstract class AirlockError<Code extends string = string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}
