import { Refusal } from '../http/reply';
import type { Namespace } from './namespace';

/** Where a request goes: into a namespace or, `null`, to the whole server, and to which path there. */
export interface Place {
  readonly namespace: Namespace | null;
  /** Without `/v1/` and without the namespace. */
  readonly path: string;
}

/** The namespaces of the server. */
export class Namespaces {
  readonly #all = new Map<string, Namespace>();

  add(namespace: Namespace): void {
    this.#all.set(namespace.path, namespace);
  }

  remove(namespace: Namespace): void {
    this.#all.delete(namespace.path);
  }

  /** `path` with its slash at the end. */
  find(path: string): Namespace | undefined {
    return this.#all.get(path);
  }

  /** Those right below a namespace, or below the whole server, by their names with a slash, in order. */
  below(parent: Namespace | null): readonly (readonly [string, Namespace])[] {
    const start = parent?.path ?? '';
    return [...this.#all.values()]
      .filter(({ path }) => path !== start && path.startsWith(start))
      .map((namespace) => [namespace.path.slice(start.length), namespace] as const)
      .filter(([name]) => name.indexOf('/') === name.length - 1)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /**
   * Where a request goes that names a namespace in its header, in its path, or in both. Throws `Refusal`
   * where there is no such namespace, or it is sealed.
   */
  resolve(header: string, path: string): Place {
    const named = header.replace(/^\/+|\/+$/g, '');
    const start = named === '' || named === 'root' ? null : this.find(`${named}/`);
    if (start === undefined) throw new Refusal(404, 'namespace not found');
    const place = this.#follow({ namespace: start, path });
    if (this.#isSealed(place.namespace)) throw new Refusal(503, 'namespace is sealed');
    return place;
  }

  #follow(place: Place): Place {
    const below = this.below(place.namespace).find(([name]) => place.path.startsWith(name));
    if (below === undefined) return place;
    const [name, namespace] = below;
    return this.#follow({ namespace, path: place.path.slice(name.length) });
  }

  /** By its own seal, or by that of a namespace above it. */
  #isSealed(namespace: Namespace | null): boolean {
    if (namespace === null) return false;
    return [...this.#all.values()].some(
      ({ path, own }) => namespace.path.startsWith(path) && own?.seal.isSealed === true,
    );
  }

  /** Overwrites their keys and forgets them. */
  clear(): void {
    for (const { own } of this.#all.values()) {
      own?.attempt.cancel();
      own?.seal.wipe();
    }
    this.#all.clear();
  }
}
