/**
 * The path of a namespace without slashes around it, as Airlock writes it everywhere: "team/blue"; '' for the
 * whole server, which is also called `root` (docs/server-facts.md, "Namespaces").
 */
export function parseNamespace(text: string): string {
  const path = text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
  return path === 'root' ? '' : path;
}

/** The namespace around one, and its own name there. `path`: as `parseNamespace` returns it, and not ''. */
export function parentOf(path: string): { readonly parent: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { parent: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

interface Place {
  readonly namespace?: string | undefined;
}

/** Whether two are the same namespace of a server. */
export const sameNamespace = (a: Place, b: Place): boolean => (a.namespace ?? '') === (b.namespace ?? '');

/** "namespace team/blue", or '' for the whole server. */
export const namespaceName = ({ namespace }: Place): string =>
  namespace === undefined || namespace === '' ? '' : `namespace ${namespace}`;

/** The same, for the end of a sentence's name of a server: ", namespace team/blue". */
export const inNamespace = (place: Place): string => {
  const name = namespaceName(place);
  return name === '' ? '' : `, ${name}`;
};
