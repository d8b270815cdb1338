import { useNow } from '../../parts/now';
import { Elapsed, secondsSince } from './elapsed';

/** How long the token has been alive at least, since its result was taken in: 00:03:12, or 51:03:12. */
export function AliveFor({ since }: { readonly since: string }) {
  return <Elapsed seconds={secondsSince(useNow(), since)} />;
}
