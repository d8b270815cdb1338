/**
 * A token in groups for reading aloud or typing: what stands before its first point, then four characters
 * each, and apart from them what stands behind a second point, the id of a namespace. Put together again they
 * are the token.
 */
export function tokenGroups(token: string): readonly string[] {
  const [, prefix = '', middle = '', end = ''] =
    /^((?:hv)?[sbr]\.)?(.*?)(\.[0-9A-Za-z]{1,8})?$/s.exec(token) ?? [];
  return [prefix, ...(middle.match(/.{1,4}/gs) ?? []), end].filter((group) => group !== '');
}
