import { type TokenKind, tokenKindWords } from '../../../shared/token/token-kind';
import { useNow } from '../../parts/now';
import { Elapsed, secondsSince } from './elapsed';

interface DecodedProps {
  /** ISO time. */
  readonly since: string;
  /** How long the token may be in somebody's hands. */
  readonly minutes: number;
}

/** How long ago the token was decoded, and of how much time: marked once that is over. */
export function DecodedFor({ since, minutes }: DecodedProps) {
  const seconds = secondsSince(useNow(), since);
  return (
    <>
      <Elapsed seconds={seconds} late={seconds >= minutes * 60} /> of {inMinutes(minutes)}
    </>
  );
}

/** Says it aloud, once, when the time that a token may be in somebody's hands is over. */
export function TimeIsOver({ since, minutes, kind }: DecodedProps & { readonly kind: TokenKind }) {
  if (secondsSince(useNow(), since) < minutes * 60) return null;
  return (
    <p className="time-over" role="alert">
      The token was decoded more than {inMinutes(minutes)} ago, and nothing says that it{' '}
      {tokenKindWords(kind).isDead}. Finish what is under way, and have it{' '}
      {kind === 'recovery' ? 'end: the server is started as usual' : kind === 'dr' ? 'deleted' : 'revoked'}{' '}
      now.
    </p>
  );
}

const inMinutes = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);
