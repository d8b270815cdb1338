import { AirlockError } from '../airlock-error';

/**
 * What is wrong with a key, signature or message of OpenPGP:
 * - reading a key: `not-a-key`, `several-keys`, `private-key-given` (only the public half belongs there),
 *   `not-a-private-key`, `empty-passphrase`, `wrong-passphrase`, `locked`, `unreadable-key` (protected in a
 *   way that this program cannot undo)
 * - a key for a server: `expired`, `future`, `revoked`, `cannot-encrypt`, `unsupported-by-server`
 * - signatures: `not-a-signature`, `bad-signature`, `cannot-sign`
 * - messages: `not-a-message`, `not-for-this-key`, `damaged-message`
 */
export type OpenPgpErrorCode =
  | 'not-a-key'
  | 'several-keys'
  | 'private-key-given'
  | 'not-a-private-key'
  | 'empty-passphrase'
  | 'wrong-passphrase'
  | 'locked'
  | 'unreadable-key'
  | 'expired'
  | 'future'
  | 'revoked'
  | 'cannot-encrypt'
  | 'unsupported-by-server'
  | 'not-a-signature'
  | 'bad-signature'
  | 'cannot-sign'
  | 'not-a-message'
  | 'not-for-this-key'
  | 'damaged-message';

/** A key, signature or message of OpenPGP that does not serve. */
export class OpenPgpError extends AirlockError<OpenPgpErrorCode> {}
