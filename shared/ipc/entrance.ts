/**
 * Whose station a window opens on, as far as that is known before the program behind it was read: nobody's
 * yet, or that of the person who is about to unlock it.
 */
export interface EntranceView {
  /** Null where nobody has an identity here: this is the first start. */
  readonly name: string | null;
}
