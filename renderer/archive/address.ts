import { useSyncExternalStore } from 'react';

/** What the page shows: it stands behind the # of its address, so that Back works, and no server is told. */
export type View =
  | { readonly at: 'list'; readonly query: URLSearchParams }
  | { readonly at: 'tokens'; readonly query: URLSearchParams }
  | { readonly at: 'counts'; readonly year: string | null }
  | { readonly at: 'ceremony'; readonly id: string };

/** The view of the address, whenever that changes. */
export function useView(): View {
  const hash = useSyncExternalStore(follow, () => window.location.hash);
  return viewIn(hash);
}

function follow(tell: () => void): () => void {
  window.addEventListener('hashchange', tell);
  return () => window.removeEventListener('hashchange', tell);
}

/** The view that is behind a #; the list for anything else. */
export function viewIn(hash: string): View {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [, id] = /^ceremony\/([0-9a-f]{32})$/.exec(path) ?? [];
  if (id !== undefined) return { at: 'ceremony', id };
  const asked = new URLSearchParams(query);
  if (path === 'tokens') return { at: 'tokens', query: asked };
  return path === 'counts' ? { at: 'counts', year: asked.get('year') } : { at: 'list', query: asked };
}

export const ceremonyAddress = (id: string): string => `#/ceremony/${id}`;

/** A list's address with one thing asked for differently; '' asks for nothing. */
export function listAddress(
  query: URLSearchParams,
  changes: Readonly<Record<string, string>> = {},
  at: 'list' | 'tokens' = 'list',
): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  const path = at === 'list' ? '#/' : '#/tokens';
  return text === '' ? path : `${path}?${text}`;
}

/** Goes there without a step of its own on the way back: what is typed is no place to return to. */
export function replaceAddress(hash: string): void {
  window.history.replaceState(null, '', hash);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
