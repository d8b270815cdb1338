import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { RehearseError } from './rehearse-error';

interface Wanted {
  readonly kind?: TokenKind | undefined;
  readonly handoff?: boolean;
}

/**
 * Holds what is wanted of a rehearsal against what its server makes, before anything is done there. Throws
 * `RehearseError` 'other-kind', 'no-handoff'.
 */
export function requireKind({ kind, handoff }: Wanted, made: TokenKind): void {
  if (kind !== undefined && kind !== made) {
    throw new RehearseError(
      'other-kind',
      `This rehearsal is to make ${tokenKindWords(kind).one}, and its server makes ${tokenKindWords(made).one}. Take ${tokenKindWords(kind).made}.`,
    );
  }
  if (handoff === true && made !== 'root') {
    throw new RehearseError(
      'no-handoff',
      `A station can do no task of a plan with ${tokenKindWords(made).one}: there is nothing to hand it over for. Rehearse without handing over.`,
    );
  }
}
