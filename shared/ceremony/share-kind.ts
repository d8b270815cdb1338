import type { ShareKind } from '../message/body';

/** Which shares a server wants, for people: "unseal key shares". '' where it is not known. */
export const shareKindName = (kind: ShareKind | undefined): string =>
  kind === undefined ? '' : kind === 'unseal' ? 'unseal key shares' : 'recovery keys';

/** The same with what it means, for those who hold one. '' where it is not known. */
export function shareKindSentence(kind: ShareKind | undefined): string {
  if (kind === undefined) return '';
  return kind === 'unseal'
    ? 'The server wants its unseal key shares, the same that unseal it.'
    : 'The server unseals itself, and wants its recovery keys: the shares that its init gave under that name.';
}
