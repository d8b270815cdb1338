/**
 * Something of value that a station has in hand, of which a person should know before the program ends.
 * 'live-token': a root token that lives, and of which nothing here says that it is revoked. 'made-token': one
 * that an attempt of this station made. 'share': a share in memory that was not released.
 */
export interface Stake {
  readonly kind: 'live-token' | 'made-token' | 'share';
  /** Of the ceremony, or of the server that a share is for; '' where it has none. */
  readonly name: string;
}

const named = (name: string): string => (name === '' ? '' : ` of “${name}”`);

/** What is at stake, what closing takes away, and what it leaves: a sentence each. */
const words: Record<Stake['kind'], (name: string) => readonly [is: string, lost: string, kept: string]> = {
  'live-token': (name) => [
    `The root token${named(name)} was decoded here, and is not said to be revoked.`,
    'Closing takes it out of this program’s memory, and does not revoke it: it lives until the operator revokes it.',
    'The result and what opens it stay on this laptop: your passphrase decodes the token again.',
  ],
  'made-token': (name) => [
    `The attempt${named(name)} has made a root token, and nothing on this station says that it is revoked.`,
    'Closing loses nothing, and does not revoke it: it lives until somebody revokes it.',
    'The result stays on this station’s disk and can be shown again.',
  ],
  share: (name) => [
    `A share${name === '' ? '' : ` for “${name}”`} is entered here, and not released.`,
    'Closing overwrites it: it has to be entered again.',
    'Every ceremony, and what is known of the share, stay on this laptop.',
  ],
};

/** The question before the program ends. `stakes`: at least one. */
export function closingQuestion(stakes: readonly Stake[]): {
  readonly message: string;
  readonly detail: string;
} {
  const told = stakes.map(({ kind, name }) => words[kind](name));
  const [only] = told;
  return {
    message: told.length === 1 && only ? `Close Airlock? ${only[0]}` : 'Close Airlock?',
    detail: told
      .map(([is, lost, kept]) => `${told.length === 1 ? '' : `${is}\n`}${lost}\n${kept}`)
      .join('\n\n'),
  };
}
