import type { TokenFormat } from '../../shared/token/root-token';
import { Attempt } from './attempt/attempt';
import { dataPaths } from './attempt/door';
import { Seal } from './attempt/seal';
import { Cluster } from './cluster';
import type { Generation } from './generation';
import { Refusal, randomUuid } from './http/reply';
import type { LogicalPath, LogicalPaths } from './logical/logical-path';
import type { Namespace } from './namespace/namespace';
import { NamespaceSeal } from './namespace/namespace-seal';
import { Namespaces } from './namespace/namespaces';
import { type MakeNamespace, namespacePath } from './namespace/paths';
import { parseSealConfig } from './namespace/seal-config';
import type { Core } from './router';
import { newNamespaceId, newRecoveryToken, newToken, otpLengthOf } from './token/format';
import { TOKEN_PATHS } from './token/paths';
import { placed, type TokenNamespace, TokenStore } from './token/store';

export interface CoreOptions {
  readonly generation: Generation;
  readonly seal: Seal;
  readonly tokenFormat: TokenFormat;
  readonly clusterName: string;
}

/** Puts a server of that generation together, with everything in memory. */
export function createCore({ generation, seal, tokenFormat, clusterName }: CoreOptions): Core {
  const { words, makes, profile } = generation;
  const tokens = new TokenStore(tokenFormat);
  const namespaces = new Namespaces();
  const otherTokens = new Set<string>();
  const kept = (token: string): string => {
    otherTokens.add(token);
    return token;
  };
  const maker: Record<Generation['makes'], () => string> = {
    root: () => tokens.createRoot(),
    dr: () => kept(newToken(tokenFormat)),
    recovery: () => kept(newRecoveryToken()),
  };
  const attempt = new Attempt({
    seal,
    otpLength: otpLengthOf(tokenFormat),
    words,
    isRoot: makes === 'root',
    whyNot: () =>
      makes === 'recovery' && otherTokens.size > 0
        ? 'attempted to generate recovery operation token when already unsealed'
        : null,
    newToken: maker[makes],
  });
  const attemptIn = (namespace: Namespace | null): Attempt => {
    if (namespace === null) return attempt;
    if (namespace.own === null) throw new Refusal(400, 'namespace is not sealable');
    return namespace.own.attempt;
  };
  const make: MakeNamespace = async (path, sealText, metadata) => {
    const place: TokenNamespace = { id: newNamespaceId(), uuid: randomUuid(), path };
    const own = sealText === '' ? null : await ownSeal(place, sealText);
    const namespace = { ...place, metadata, own };
    namespaces.add(namespace);
    return namespace;
  };
  const ownSeal = async (place: TokenNamespace, text: string) => {
    const { shares, threshold } = parseSealConfig(text);
    const itsSeal = await Seal.create(shares, threshold);
    const itsAttempt = new Attempt({
      seal: itsSeal,
      otpLength: placed(newToken(tokenFormat), place).length,
      words,
      isRoot: true,
      newToken: () => tokens.createRoot(place),
    });
    return { seal: new NamespaceSeal(itsSeal, words), attempt: itsAttempt };
  };
  return {
    generation,
    cluster: profile === null ? null : new Cluster(clusterName, seal, profile),
    attempt,
    tokens,
    namespaces,
    find: finder(generation, namespaces, attemptIn, make),
    otherTokens,
  };
}

/** Finds the paths that are called with a token. */
function finder(
  { doors, namespaces: use }: Generation,
  namespaces: Namespaces,
  attemptIn: (namespace: Namespace | null) => Attempt,
  make: MakeNamespace,
): (path: string) => LogicalPath | undefined {
  const paths: LogicalPaths = Object.assign(
    {},
    TOKEN_PATHS,
    ...doors.filter(({ answers }) => answers === 'data').map(({ path }) => dataPaths(path, attemptIn)),
  );
  return (path) => paths[path] ?? (use === 'served' ? namespacePath(namespaces, make, path) : undefined);
}

/** Forgets and overwrites every secret of a server that is no more. */
export function closeCore({ attempt, tokens, otherTokens, namespaces }: Core): void {
  attempt.cancel();
  namespaces.clear();
  tokens.clear();
  otherTokens.clear();
}
