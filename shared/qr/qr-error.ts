import { AirlockError } from '../airlock-error';

export type QrErrorCode =
  /** Text is no UR at all: another kind of code. */
  | 'not-ur'
  /** A UR whose letters or checksum do not fit: read wrongly, or cut off. */
  | 'damaged'
  /** A sound UR, but of another program. */
  | 'other-type'
  /** A sound part, but of another message than the one being read. */
  | 'other-sequence'
  /** Parts that contradict each other, or whose whole does not fit its checksum. */
  | 'corrupt'
  /** Announces more than this program takes. */
  | 'too-big'
  /** Longer than a QR code can hold. */
  | 'too-long-for-code'
  /** Not a picture, or of a kind that is not read here. */
  | 'not-an-image'
  /** Pictures, but no code found in them. */
  | 'no-code'
  /** Some parts of a message, but too few. */
  | 'incomplete'
  /** Might be a secret, and was not said to be one; or is one, and would be left lying on a disk. */
  | 'secret'
  /** The terminal is too small, or no terminal, for this code. */
  | 'no-room'
  /** An option of the command has a value it can't have. */
  | 'bad-option';

/** Drawing or reading a code failed. */
export class QrError extends AirlockError<QrErrorCode> {}

/** `not-an-image`, and in a sentence why. */
export const unreadable = (why: string): QrError =>
  new QrError('not-an-image', `This file cannot be read as a picture. ${why}`);
