import type { CeremonyFile } from './ceremony-file';

/**
 * Digest (hex) of the outcome that was taken in last; null where none was. The journal has it, so that the
 * state need not.
 */
export const outcomeIn = ({
  journal,
}: Pick<CeremonyFile<{ readonly id: string }>, 'journal'>): string | null =>
  journal
    .entries()
    .flatMap((line) =>
      line.event === 'message-received' && line.data.type === 'outcome' ? [line.data.digest] : [],
    )
    .at(-1) ?? null;
