import type { TokenFacts } from '../server/answer';
import { isRootToken } from './root-token-found';

/** One property of a token, as a person reads it. */
export interface TokenProperty {
  readonly name: string;
  readonly value: string;
  /** What follows from it, in a sentence or two. */
  readonly meaning: string;
}

/** Every property that a lookup shows, in plain words. None of it is a secret. */
export const tokenProperties = (facts: TokenFacts): readonly TokenProperty[] => [
  typeOf(facts),
  policiesOf(facts),
  createdOf(facts),
  ttlOf(facts),
  explicitMaxTtlOf(facts),
  periodOf(facts),
  usesOf(facts),
  orphanOf(facts),
  pathOf(facts),
  accessorOf(facts),
];

function typeOf({ type }: TokenFacts): TokenProperty {
  const name = 'Type';
  switch (type) {
    case 'batch':
      return {
        name,
        value: 'batch',
        meaning:
          'The server keeps nothing of it. It makes no other tokens, can’t be renewed, and can’t be revoked by itself: it ends with its TTL, or with the token that made it.',
      };
    case 'service':
      return {
        name,
        value: 'service',
        meaning: 'The server keeps it, so it can be renewed and revoked. What it made ends with it.',
      };
    default:
      return {
        name,
        value: type || 'the server doesn’t say',
        meaning:
          type === ''
            ? 'Older servers have only service tokens, which they keep, renew and revoke.'
            : 'A kind of token that this program doesn’t know.',
      };
  }
}

function policiesOf(facts: TokenFacts): TokenProperty {
  const { policies, identityPolicies } = facts;
  const besides =
    identityPolicies.length === 0
      ? ''
      : ` Besides, those of the identity that it belongs to: ${identityPolicies.join(', ')}.`;
  return {
    name: 'Policies',
    value: policies.join(', ') || 'none',
    meaning: isRootToken(facts)
      ? `It is a root token: it may do everything, and nothing limits it.${besides}`
      : policies.length === 0
        ? `By itself it may do nothing.${besides}`
        : `It may do what these allow together, and nothing else.${besides}`,
  };
}

function createdOf({ creationTime }: TokenFacts): TokenProperty {
  return creationTime === 0
    ? { name: 'Created', value: 'the server doesn’t say', meaning: 'Its age is not known.' }
    : { name: 'Created', value: timeText(creationTime), meaning: 'By the server’s clock.' };
}

function ttlOf({ ttl, renewable, period }: TokenFacts): TokenProperty {
  if (ttl === 0) {
    return { name: 'TTL', value: 'none', meaning: 'It never ends by itself: it lives until it is revoked.' };
  }
  const renewed = renewable === false ? 'It can’t be renewed.' : 'Unless it is renewed before.';
  return {
    name: 'TTL',
    value: `${durationText(ttl)} left`,
    meaning: `Then it ends. ${period > 0 ? 'Unless it is renewed before.' : renewed}`,
  };
}

function explicitMaxTtlOf({ explicitMaxTtl, creationTime, ttl }: TokenFacts): TokenProperty {
  const name = 'Explicit max TTL';
  if (explicitMaxTtl === 0) {
    const meaning =
      ttl === 0
        ? 'No end was set when it was made.'
        : 'No end was set that renewing can’t put off. The limits of the server and of its mount hold all the same.';
    return { name, value: 'none', meaning };
  }
  const when = creationTime === 0 ? '' : `, at ${timeText(creationTime + explicitMaxTtl)}`;
  return {
    name,
    value: durationText(explicitMaxTtl),
    meaning: `So long after its making${when}, it ends, however often it is renewed.`,
  };
}

const periodOf = ({ period }: TokenFacts): TokenProperty =>
  period === 0
    ? { name: 'Period', value: 'none', meaning: 'It isn’t periodic: renewing it has an end.' }
    : {
        name: 'Period',
        value: durationText(period),
        meaning:
          'Each renewal gives it so long anew, with no end: it lives for as long as somebody renews it in time.',
      };

const usesOf = ({ numUses }: TokenFacts): TokenProperty =>
  numUses === 0
    ? { name: 'Uses left', value: 'any number', meaning: 'Requests with it are not counted.' }
    : {
        name: 'Uses left',
        value: String(numUses),
        meaning: 'Each request with it takes one; after the last one the server revokes it.',
      };

function orphanOf({ orphan }: TokenFacts): TokenProperty {
  const name = 'Orphan';
  if (orphan === null)
    return {
      name,
      value: 'the server doesn’t say',
      meaning: 'It may end together with the token that made it.',
    };
  return orphan
    ? { name, value: 'yes', meaning: 'It has no parent: no other token’s end ends it.' }
    : { name, value: 'no', meaning: 'It ends when the token that made it ends or is revoked.' };
}

function pathOf({ path }: TokenFacts): TokenProperty {
  const name = 'Path';
  const [, space, rest = path] = /^(namespaces\/[^/]+\/)?(.*)$/.exec(path) ?? [];
  const where = space === undefined ? '' : ' It belongs to a namespace.';
  return { name, value: path || 'the server doesn’t say', meaning: `${originOf(rest)}${where}` };
}

function originOf(path: string): string {
  if (path === 'auth/token/root')
    return 'It was made from key shares, or when the server was set up: by no other token.';
  if (/^auth\/token\/create(?:$|-orphan$|\/)/.test(path)) return 'It was made with another token.';
  if (path.startsWith('auth/')) return 'It was made by a login, at the auth method that is mounted there.';
  return 'The request that made it.';
}

const accessorOf = ({ accessor }: TokenFacts): TokenProperty =>
  accessor === ''
    ? {
        name: 'Accessor',
        value: 'none',
        meaning: 'It can’t be named without having it: nobody else can look it up or revoke it.',
      }
    : {
        name: 'Accessor',
        value: accessor,
        meaning:
          'Names the token without being it: whoever may can look it up and revoke it by this, and nobody can log in with it. It is no secret.',
      };

const timeText = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** As the servers' own command lines write it: 768h0m0s is 32d here. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [Math.floor(seconds) % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join(' ') || '0s'
  );
}
