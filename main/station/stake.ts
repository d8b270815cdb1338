import { type TokenKind, tokenKindWords } from '../../shared/token/token-kind';

/**
 * Something of value that a station has in hand, of which a person should know before the program ends.
 * 'live-token': a token that lives, and of which nothing here says that it came to its end. 'made-token': one
 * that an attempt of this station made. 'share': a share in memory that was not released.
 */
export type Stake =
  | { readonly kind: 'live-token' | 'made-token'; readonly token: TokenKind; readonly name: string }
  /** `name`: of the server that it is for; '' where it has none, as a token has none while it is locked. */
  | { readonly kind: 'share'; readonly name: string };

const named = (name: string): string => (name === '' ? '' : ` of “${name}”`);

/** What is at stake, what closing takes away, and what it leaves: a sentence each. */
function words(stake: Stake): readonly [is: string, lost: string, kept: string] {
  const { kind, name } = stake;
  if (kind === 'share')
    return [
      `A share${name === '' ? '' : ` for “${name}”`} is entered here, and not released.`,
      'Closing overwrites it: it has to be entered again.',
      'Every ceremony, and what is known of the share, stay on this laptop.',
    ];
  const token = tokenKindWords(stake.token);
  return kind === 'live-token'
    ? [
        `The ${token.name}${named(name)} was decoded here, and nothing here says that it ${token.died}.`,
        `Closing takes it out of this program’s memory, and does not end it. ${token.ends}`,
        'The result and what opens it stay on this laptop: your passphrase decodes the token again.',
      ]
    : [
        `The attempt${named(name)} has made ${token.one}, and nothing on this station says that it ${token.died}.`,
        `Closing loses nothing, and does not end it. ${token.ends}`,
        'The result stays on this station’s disk and can be shown again.',
      ];
}

/** The question before the program ends. `stakes`: at least one. */
export function closingQuestion(stakes: readonly Stake[]): {
  readonly message: string;
  readonly detail: string;
} {
  const told = stakes.map(words);
  const [only] = told;
  return {
    message: told.length === 1 && only ? `Close Airlock? ${only[0]}` : 'Close Airlock?',
    detail: told
      .map(([is, lost, kept]) => `${told.length === 1 ? '' : `${is}\n`}${lost}\n${kept}`)
      .join('\n\n'),
  };
}
