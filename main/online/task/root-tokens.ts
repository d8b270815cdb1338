import type { StationContext } from '../station-context';
import { sweepTokens } from '../sweep/sweep';

/** How many root tokens a line names. */
const named = 4;

/**
 * The root tokens of the server, as a sentence: a sweep that asks with this token (ASCII, the caller's to
 * wipe). `own`: its accessor. Throws as `sweepTokens` does: a root token might be passed over else.
 */
export async function rootTokens(
  { client, clock }: Pick<StationContext, 'client' | 'clock'>,
  token: Uint8Array,
  own: string,
): Promise<string> {
  const { roots, unreadable } = await sweepTokens(client.askingWith(token), { clock });
  const others = roots.map(({ accessor }) => accessor).filter((accessor) => accessor !== own);
  const rest =
    unreadable === 0 ? '' : ` The server can’t read its entries of ${unreadable} more, by its own word.`;
  if (others.length === 0) return `No root token is there besides this one.${rest}`;
  const shown = others.slice(0, named).join(', ');
  const more = others.length > named ? ` and ${others.length - named} more` : '';
  return `Besides this one there ${others.length === 1 ? 'is one root token' : `are ${others.length} root tokens`}: ${shown}${more}.${rest}`;
}
